"""Brings the data that a submission names, in a container with a network and without a student's code.

    fetch_data.py FOLDER        reads FOLDER/request.json and removes it, fills FOLDER/files/md5 and FOLDER/lfs, writes FOLDER/report.json

The request names, besides limits and the policy:
    stores   {kind: http|s3, url, ...}: places that hold contents by their MD5, as DVC lays them out (versions 2 and 3)
    wanted   {id, md5, stores: [number of a store...], sources: [{store, path, at}...], list}: contents, of folders where the sum ends in
             .dir, of which only the list of files is wanted where it says list;
             a source is an address whose content as a whole should have that sum; in a Git repository where it says git
    configurations  {target, stores: [number of a store...]}: .dvc/config of other repositories, put into FOLDER/target where it can be had
    lfs      {url, user, password, objects: [{id, oid, size}...]}: contents by their SHA-256 on a Git LFS server

The report has, for each id: outcome fetched|absent|denied|forbidden|too-large|wrong|gone|unanswered, and of what did not come the store
(its number, or -1) and detail. Credentials are read from the request only; nothing of it is printed or kept.
"""

import concurrent.futures
import hashlib
import json
import os
import re
import socket
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import guarded_http
import s3_signature
from guarded_http import Client, Failed, Policy

MD5 = re.compile(r"[0-9a-f]{32}(\.dir)?")
OID = re.compile(r"[0-9a-f]{64}")
MOST_LISTED = 16 << 20
MOST_CONFIGURED = 64 << 10
THREADS = 8
LFS_TYPE = "application/vnd.git-lfs+json"
# The outcome that says most of several: what is whose fault must not hang on the order of the stores.
TELLING = ["unanswered", "denied", "forbidden", "too-large", "wrong", "gone", "absent"]


class Store:
    """A place with contents."""

    def __init__(self, number, description):
        self.number, self.about = number, description

    def url(self, path):
        if self.about["kind"] == "s3":
            return s3_signature.object_url(self.about, "/".join(filter(None, (self.about.get("prefix", ""), path))))
        return self.about["url"].rstrip("/") + ("/" + urllib.parse.quote(path) if path else "")

    def headers(self, first, url):
        """Credentials go to the origin that they are for, whatever it redirects to."""
        if guarded_http.origin(first) != guarded_http.origin(url):
            return {}
        if self.about["kind"] == "s3":
            return s3_signature.headers(self.about, url)
        if self.about.get("token"):
            return {"Authorization": "Bearer " + self.about["token"]}
        if self.about.get("user") or self.about.get("password"):
            return {"Authorization": guarded_http.basic(self.about.get("user", ""), self.about.get("password", ""))}
        return {}


class Budget:
    """Bytes and files that may still come, shared by all threads."""

    def __init__(self, size, files):
        self.lock, self.size, self.files = threading.Lock(), size, files

    def begin(self):
        with self.lock:
            self.files -= 1
            if self.files < 0:
                raise Failed("too-large", "too many files")
            return self.size

    def take(self, size):
        with self.lock:
            self.size -= size
            if self.size < 0:
                raise Failed("too-large", "all data together")


class Fetch:
    def __init__(self, folder, request):
        limits = request["limits"]
        self.folder = folder
        self.budget = Budget(limits["bytes"], limits["files"])
        policy = Policy(request["policy"]["public"], request["policy"]["allow"])
        self.client = Client(policy, time.monotonic() + limits["seconds"], limits["idle"], limits["pause"])
        self.stores = [Store(number, about) for number, about in enumerate(request["stores"])]
        self.request = request
        self.known, self.lock = {}, threading.Lock()

    # contents by MD5

    def run(self):
        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            wanted = list(pool.map(self.wanted, self.request["wanted"]))
        for item in self.request["configurations"]:
            self.configuration(item)
        lfs = [result for server in self.request.get("lfs", []) for result in self.lfs(server)]
        return self.judged(wanted + lfs)

    def wanted(self, item):
        places = [(self.stores[number], None) for number in item["stores"]]
        places += [(self.stores[source["store"]], source) for source in item["sources"]]
        failures = []
        for store, source in places:
            try:
                if source is None:
                    self.content(store, item["md5"], item.get("list", False))
                else:
                    self.source(store, source, item["md5"])
                return {"id": item["id"], "outcome": "fetched", "store": store.number, "detail": ""}
            except Failed as failed:
                failures.append((TELLING.index(failed.outcome), store.number, failed))
        if not failures:
            return {"id": item["id"], "outcome": "absent", "store": -1, "detail": ""}
        _, number, failed = min(failures, key=lambda failure: failure[0])
        return {"id": item["id"], "outcome": failed.outcome, "store": number, "detail": failed.detail}

    def configuration(self, item):
        """What cannot be had is not missed here: the contents that need it say why they did not come."""
        for number in item["stores"]:
            try:
                return self.download(self.stores[number], ".dvc/config", f"{self.folder}/{item['target']}", [], MOST_CONFIGURED)
            except Failed:
                continue

    def content(self, store, md5, list_only):
        self.one(store, md5)
        if md5.endswith(".dir") and not list_only:
            inner = self.listed(md5)
            with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
                list(pool.map(lambda each: self.one(store, each), inner))

    def listed(self, md5):
        """The contents that a folder's list names."""
        try:
            with open(self.place(md5), "rb") as file:
                entries = json.loads(file.read(MOST_LISTED))
            inner = list(dict.fromkeys(entry["md5"] for entry in entries))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise Failed("wrong", "the list of the folder cannot be read") from error
        if not all(isinstance(each, str) and MD5.fullmatch(each) and not each.endswith(".dir") for each in inner):
            raise Failed("wrong", "the list of the folder names what is no content")
        return inner

    def place(self, md5):
        return f"{self.folder}/files/md5/{md5[:2]}/{md5[2:]}"

    def one(self, store, md5):
        if not MD5.fullmatch(md5):
            raise Failed("wrong", "its sum is none")
        if os.path.exists(self.place(md5)):
            return
        absent = None
        for path in (f"files/md5/{md5[:2]}/{md5[2:]}", f"{md5[:2]}/{md5[2:]}"):
            try:
                return self.download(store, path, self.place(md5), [Sum("md5", md5[:32]), UnixSum(md5[:32])])
            except Failed as failed:
                if failed.outcome not in ("absent", "denied"):
                    raise
                absent = absent if absent and absent.outcome == "absent" else failed
        raise absent

    def source(self, store, source, md5):
        sums = [Sum("md5", md5[:32]), UnixSum(md5[:32])]
        if md5.endswith(".dir"):
            raise Failed("absent", "it is a folder, which only a DVC remote can hold")
        try:
            self.download(store, source["path"], self.place(md5), sums)
        except Failed as failed:
            # Hosts of Git repositories answer with a page for people who are not logged in; a commit never changes.
            if source.get("git") and failed.outcome == "wrong":
                raise Failed("denied", "it answers with something else than the file") from failed
            raise

    # one file

    def download(self, store, path, target, sums, most=None):
        keep = lambda response, body: self.keep(response, body, target, sums, most)
        for _ in range(2):
            url = store.url(path)
            try:
                return self.client.ask("GET", url, lambda hop, first=url: store.headers(first, hop), keep)
            except WrongRegion as moved:
                store.about["region"] = moved.region
        raise Failed("denied", "it names another region each time")

    def keep(self, response, body, target, sums, limit=None):
        if response.status in (404, 410):
            raise Failed("absent", f"status {response.status}")
        region = response.headers.get("x-amz-bucket-region")
        if response.status in (301, 400) and region and re.fullmatch(r"[a-z0-9-]{1,40}", region):
            raise WrongRegion(region)
        if response.status != 200:
            raise Failed("denied", f"status {response.status}")
        most = min(self.budget.begin(), limit or sys.maxsize)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        unfinished, name = tempfile.mkstemp(dir=self.folder)
        try:
            size = 0
            with os.fdopen(unfinished, "wb") as file:
                for chunk in body.chunks(most):
                    self.budget.take(len(chunk))
                    size += len(chunk)
                    for each in sums:
                        each.update(chunk)
                    file.write(chunk)
            if sums and not any(each.agrees() for each in sums):
                raise Failed("wrong", f"{size} bytes with the sum {sums[0].seen()}")
            os.replace(name, target)
        finally:
            if os.path.exists(name):
                os.unlink(name)

    # Git LFS

    def lfs(self, server):
        store = Store(-1, {"kind": "http", **server})
        results = []
        for start in range(0, len(server["objects"]), 100):
            objects = server["objects"][start : start + 100]
            try:
                answered = self.batch(store, objects)
            except Failed as failed:
                results += [{"id": one["id"], "outcome": failed.outcome, "store": -1, "detail": failed.detail} for one in objects]
                continue
            with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
                results += pool.map(lambda one: self.lfs_object(one, answered.get(one["oid"], {})), objects)
        return results

    def batch(self, store, objects):
        """What the server says of each object (Git LFS Batch API)."""
        asked = [{"oid": one["oid"], "size": one["size"]} for one in objects if OID.fullmatch(one["oid"])]
        body = json.dumps({"operation": "download", "transfers": ["basic"], "objects": asked}).encode()
        url = store.url("objects/batch")
        headers = lambda hop: {"Accept": LFS_TYPE, "Content-Type": LFS_TYPE, **store.headers(url, hop)}
        answer = self.client.ask("POST", url, headers, self.read_batch, body)
        return {one["oid"]: one for one in answer if isinstance(one, dict) and isinstance(one.get("oid"), str)}

    @staticmethod
    def read_batch(response, body):
        if response.status in (404, 410):
            raise Failed("absent", f"status {response.status}")
        if response.status != 200:
            raise Failed("denied", f"status {response.status}")
        try:
            objects = json.loads(b"".join(body.chunks(MOST_LISTED)))["objects"]
            return objects if isinstance(objects, list) else []
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise Failed("denied", "it answers what is not Git LFS") from error

    def lfs_object(self, wanted, answered):
        result = {"id": wanted["id"], "outcome": "fetched", "store": -1, "detail": ""}
        try:
            action = (answered.get("actions") or {}).get("download") or {}
            if not isinstance(action.get("href"), str):
                raise Failed("absent", "the server does not have it")
            given = {str(name): str(value) for name, value in (action.get("header") or {}).items()}
            url = action["href"]
            headers = lambda hop: given if guarded_http.origin(hop) == guarded_http.origin(url) else {}
            target = f"{self.folder}/lfs/{wanted['oid']}"
            sums = [Sum("sha256", wanted["oid"])]
            self.client.ask("GET", url, headers, lambda response, body: self.keep(response, body, target, sums))
        except Failed as failed:
            result.update(outcome=failed.outcome, detail=failed.detail)
        except (AttributeError, TypeError):
            result.update(outcome="denied", detail="it answers what is not Git LFS")
        return result

    # whose fault it is

    def judged(self, results):
        """A host that is not known may be our own network's fault: it is, where no other name is known either."""
        if any(result["outcome"] == "gone" for result in results) and not self.names_work():
            for result in results:
                if result["outcome"] == "gone":
                    result.update(outcome="unanswered", detail="its name cannot be looked up")
        return results

    def names_work(self):
        for name in self.request["control"]:
            try:
                socket.getaddrinfo(name, 443)
                return True
            except (OSError, UnicodeError):
                continue
        return False


class WrongRegion(Exception):
    """The bucket lies in another region than was asked."""

    def __init__(self, region):
        super().__init__(region)
        self.region = region


class Sum:
    def __init__(self, algorithm, wanted):
        self.digest, self.wanted = hashlib.new(algorithm), wanted

    def update(self, chunk):
        self.digest.update(chunk)

    def seen(self):
        return self.digest.hexdigest()

    def agrees(self):
        return self.seen() == self.wanted


class UnixSum(Sum):
    """The MD5 sum of DVC 2: of text with Unix line endings."""

    def __init__(self, wanted):
        super().__init__("md5", wanted)
        self.held = b""

    def update(self, chunk):
        data = self.held + chunk
        self.held = data[-1:] if data.endswith(b"\r") else b""
        self.digest.update(data[: len(data) - len(self.held)].replace(b"\r\n", b"\n"))

    def agrees(self):
        self.digest.update(self.held)
        self.held = b""
        return super().agrees()


def main():
    folder = sys.argv[1]
    with open(folder + "/request.json", "rb") as file:
        request = json.load(file)
    os.unlink(folder + "/request.json")
    results = Fetch(folder, request).run()
    with open(folder + "/report.json", "w") as file:
        json.dump({"results": results}, file)


if __name__ == "__main__":
    main()
