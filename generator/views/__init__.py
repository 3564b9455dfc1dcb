"""What each page shows, as flat records; templates only arrange them."""
