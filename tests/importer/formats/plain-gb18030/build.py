def build() -> bytes:
    """Return a text in an encoding that nothing names."""
    return "试办措施\r\n一、多开窗口。\r\n牵头单位：市便民局\r\n".encode("gb18030")
