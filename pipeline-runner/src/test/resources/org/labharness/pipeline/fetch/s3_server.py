"""An S3-compatible server (moto) on loopback that checks signatures.

    s3_server.py FOLDER        reads FOLDER/objects.json ({bucket: {key: text}}), writes FOLDER/ready.json with port, key and secret
"""

import json
import os
import sys
import threading

os.environ.update(AWS_ACCESS_KEY_ID="setup", AWS_SECRET_ACCESS_KEY="setup", AWS_DEFAULT_REGION="eu-central-1", NO_PROXY="*")

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

settings.INITIAL_NO_AUTH_ACTION_COUNT = float("inf")
folder = sys.argv[1]
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
_, port = server.get_host_and_port()
endpoint = f"http://127.0.0.1:{port}"

s3 = boto3.client("s3", endpoint_url=endpoint)
with open(folder + "/objects.json") as file:
    for bucket, objects in json.load(file).items():
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        for key, text in objects.items():
            s3.put_object(Bucket=bucket, Key=key, Body=text.encode())
iam = boto3.client("iam", endpoint_url=endpoint)
iam.create_user(UserName="grader")
rights = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="grader", PolicyName="read", PolicyDocument=json.dumps(rights))
key = iam.create_access_key(UserName="grader")["AccessKey"]
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0  # from here on every request is checked

ready = {"port": port, "key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}
with open(folder + "/unfinished.json", "w") as file:
    json.dump(ready, file)
os.replace(folder + "/unfinished.json", folder + "/ready.json")
threading.Event().wait()
