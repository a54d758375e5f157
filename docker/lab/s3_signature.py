"""Signs requests for S3-compatible stores (AWS Signature Version 4, "Authenticating Requests" in the S3 API reference)."""

import datetime
import hashlib
import hmac
import urllib.parse

EMPTY = hashlib.sha256(b"").hexdigest()


def object_url(store, key):
    """The address of an object: bucket in the path where the store names its own endpoint, else in the host name as AWS wants it."""
    path = urllib.parse.quote(key, safe="/-_.~")
    if store.get("endpoint"):
        return f"{store['endpoint'].rstrip('/')}/{store['bucket']}/{path}"
    region = store.get("region") or "us-east-1"
    if "." in store["bucket"]:
        return f"https://s3.{region}.amazonaws.com/{store['bucket']}/{path}"
    return f"https://{store['bucket']}.s3.{region}.amazonaws.com/{path}"


def headers(store, url, now=None):
    """Headers of a signed GET; none where the store has no key."""
    if not store.get("key"):
        return {}
    now = now or datetime.datetime.now(datetime.timezone.utc)
    moment, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    parts = urllib.parse.urlsplit(url)
    region = store.get("region") or "us-east-1"
    signed = {"host": parts.netloc.split("@")[-1], "x-amz-content-sha256": EMPTY, "x-amz-date": moment}
    if store.get("token"):
        signed["x-amz-security-token"] = store["token"]
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    request = "\n".join(["GET", parts.path or "/", parts.query, lines, names, EMPTY])
    scope = f"{day}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = ("AWS4" + store["secret"]).encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    login = f"AWS4-HMAC-SHA256 Credential={store['key']}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**{name: value for name, value in signed.items() if name != "host"}, "Authorization": login}
