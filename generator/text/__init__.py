"""The official text read as text: lines and sentences, printed numbers, labels, figures, dates and documents."""
