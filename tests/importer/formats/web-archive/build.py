from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

PAGE = "<html><body><p>一、多开窗口，周末也开。</p><p>牵头单位：市便民局</p></body></html>"


def build() -> bytes:
    """Return a page as browsers save it in one file."""
    whole = MIMEMultipart("related", boundary="----MultipartBoundary--1----")
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = "http://example.test/"
    whole.attach(MIMEText(PAGE, "html", "utf-8"))
    whole.attach(MIMEText("p{color:red}", "css", "utf-8"))
    return whole.as_bytes()
