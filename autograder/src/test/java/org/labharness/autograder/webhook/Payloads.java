package org.labharness.autograder.webhook;

/** Deliveries as the forges send them, shortened in what does not differ: people, links of the API, further commits. */
final class Payloads {
    static final String COMMIT = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
    static final String BEFORE = "95790bf891e76fee5e1747ab589903a6a1f80f22";
    static final String NONE = "0000000000000000000000000000000000000000";

    private Payloads() {}

    static String github(String ref, String after) {
        return """
                {"ref": "%s", "before": "%s", "after": "%s",
                 "repository": {"id": 186853002, "node_id": "MDEwOlJlcG9zaXRvcnkxODY4NTMwMDI=", "name": "ada-labs",
                  "full_name": "Course-2026/ada-labs", "private": true,
                  "owner": {"name": "Course-2026", "login": "Course-2026", "html_url": "https://github.com/Course-2026", "type": "Organization"},
                  "html_url": "https://github.com/Course-2026/ada-labs", "description": null, "fork": false,
                  "url": "https://github.com/Course-2026/ada-labs",
                  "created_at": 1557933565, "updated_at": "2026-09-10T11:20:41Z", "pushed_at": 1757500000,
                  "git_url": "git://github.com/Course-2026/ada-labs.git", "ssh_url": "git@github.com:Course-2026/ada-labs.git",
                  "clone_url": "https://github.com/Course-2026/ada-labs.git", "svn_url": "https://github.com/Course-2026/ada-labs",
                  "homepage": "https://github.com/course-2026/somebody-else", "size": 0, "topics": [], "default_branch": "main", "master_branch": "main"},
                 "pusher": {"name": "ada", "email": "ada@example.org"}, "sender": {"login": "ada", "id": 21031067, "type": "User"},
                 "created": false, "deleted": %s, "forced": false, "base_ref": null,
                 "compare": "https://github.com/Course-2026/ada-labs/compare/95790bf8...6113728f",
                 "commits": [{"id": "%s", "distinct": true, "message": "Train \\"all\\" – ünïcode", "timestamp": "2026-09-10T13:00:00+02:00",
                   "author": {"name": "Ada", "email": "ada@example.org", "username": "ada"}, "added": ["dvc.yaml"], "removed": [], "modified": []}],
                 "head_commit": {"id": "%s", "message": "Train", "modified": ["dvc.yaml"]}}
                """.formatted(ref, BEFORE, after, after.equals(NONE), after, after);
    }

    static final String GITHUB_PING = """
            {"zen": "Keep it logically awesome.", "hook_id": 30, "hook": {"type": "Repository", "id": 30, "name": "web", "active": true,
             "events": ["push"], "config": {"content_type": "json", "insecure_ssl": "0", "secret": "********", "url": "https://lab.example.org/hooks/github"}},
             "repository": {"clone_url": "https://github.com/Course-2026/ada-labs.git", "default_branch": "main"}, "sender": {"login": "ada"}}
            """;

    static final String GITLAB_PUSH = """
            {"object_kind": "push", "event_name": "push", "before": "%s", "after": "%s", "ref": "refs/heads/main", "ref_protected": true,
             "checkout_sha": "%s", "message": null, "user_id": 4, "user_name": "Bo", "user_username": "bo", "user_email": "", "project_id": 15,
             "project": {"id": 15, "name": "alpha", "description": "", "web_url": "https://gitlab.example.org/mlops/dvc-pipeline/alpha", "avatar_url": null,
               "git_ssh_url": "git@gitlab.example.org:mlops/dvc-pipeline/alpha.git", "git_http_url": "https://gitlab.example.org/mlops/dvc-pipeline/alpha.git",
               "namespace": "dvc-pipeline", "visibility_level": 0, "path_with_namespace": "mlops/dvc-pipeline/alpha", "default_branch": "main",
               "ci_config_path": null, "homepage": "https://gitlab.example.org/mlops/dvc-pipeline/alpha",
               "url": "git@gitlab.example.org:mlops/dvc-pipeline/alpha.git", "ssh_url": "git@gitlab.example.org:mlops/dvc-pipeline/alpha.git",
               "http_url": "https://gitlab.example.org/mlops/dvc-pipeline/alpha.git"},
             "commits": [{"id": "%s", "message": "Train", "title": "Train", "timestamp": "2026-09-10T13:00:00+02:00", "url": "https://gitlab.example.org/x",
               "author": {"name": "Bo", "email": "[REDACTED]"}, "added": [], "modified": ["dvc.yaml"], "removed": []}],
             "total_commits_count": 1, "push_options": {},
             "repository": {"name": "alpha", "url": "git@gitlab.example.org:mlops/dvc-pipeline/alpha.git", "description": "",
               "homepage": "https://gitlab.example.org/mlops/dvc-pipeline/alpha",
               "git_http_url": "https://gitlab.example.org/mlops/dvc-pipeline/alpha.git",
               "git_ssh_url": "git@gitlab.example.org:mlops/dvc-pipeline/alpha.git", "visibility_level": 0}}
            """.formatted(BEFORE, COMMIT, COMMIT, COMMIT);

    static final String GITLAB_TAG = """
            {"object_kind": "tag_push", "event_name": "tag_push", "before": "%s", "after": "82b3d5ae55f7080f1e6022629cdb57bfae7cccc7",
             "ref": "refs/tags/v1.0.0", "ref_protected": false, "checkout_sha": "%s", "message": "Tag message", "user_id": 1, "project_id": 1,
             "project": {"id": 1, "web_url": "https://gitlab.example.org/mlops/teamwork/alpha",
               "git_ssh_url": "git@gitlab.example.org:mlops/teamwork/alpha.git",
               "git_http_url": "https://gitlab.example.org/mlops/teamwork/alpha.git", "default_branch": "main"},
             "commits": [], "total_commits_count": 0, "push_options": {}}
            """.formatted(NONE, COMMIT);

    static final String GITEA_PUSH = """
            {"ref": "refs/heads/main", "before": "%s", "after": "%s",
             "compare_url": "https://git.example.org/mlops/dan/compare/9579...6113",
             "commits": [{"id": "%s", "message": "Webhooks Yay!\\n", "url": "https://git.example.org/mlops/dan/commit/6113",
               "author": {"name": "Dan", "email": "dan@example.org", "username": "dan"}, "verification": null,
               "timestamp": "2026-09-10T13:00:00+02:00", "added": [], "removed": [], "modified": ["dvc.yaml"]}],
             "total_commits": 1, "head_commit": {"id": "%s", "message": "Webhooks Yay!\\n"},
             "repository": {"id": 140, "owner": {"id": 1, "login": "mlops", "full_name": "MLOps", "email": "", "username": "mlops"},
               "name": "dan", "full_name": "mlops/dan", "private": true, "html_url": "https://git.example.org/mlops/dan",
               "ssh_url": "ssh://git@git.example.org:2222/mlops/dan.git", "clone_url": "https://git.example.org/mlops/dan.git",
               "original_url": "https://github.com/course-2026/ada-labs", "website": "https://github.com/course-2026/ada-labs",
               "default_branch": "main", "created_at": "2026-02-26T04:29:06-05:00", "updated_at": "2026-09-10T13:51:58+02:00"},
             "pusher": {"id": 1, "login": "dan", "username": "dan"}, "sender": {"id": 1, "login": "dan", "username": "dan"}}
            """.formatted(BEFORE, COMMIT, COMMIT, COMMIT);
}
