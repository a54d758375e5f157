package org.labharness.autograder.dvcremote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.sample.LoopbackTomcat;
import org.labharness.lab.LabId;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.sandbox.Images;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The real DVC against the remote. */
@Timeout(240)
class RealDvcIT {
    private static final DvcLimits LIMITS =
            new DvcLimits(Memory.mebibytes(8), Memory.mebibytes(12), 1_000, Duration.ofMinutes(2));

    @TempDir
    Path home;

    private DvcFolders folders;
    private LoopbackTomcat tomcat;
    private GenericContainer<?> machine;

    @BeforeEach
    void serve() throws LifecycleException {
        folders = new DvcFolders(home, "");
        tomcat = LoopbackTomcat.serving(
                home,
                "/dvc/*",
                new DvcServlet(new DvcStore(folders, LIMITS, InstantSource.system()), new OpenAccess("the-token")));
        machine = new GenericContainer<>(DockerImageName.parse(
                        Images.load(Images.home(Path.of(""))).tools(PythonVersion.PY311)))
                .withImagePullPolicy(name -> false)
                .withNetworkMode("host")
                .withCreateContainerCmdModifier(create -> create.withEntrypoint("sleep", "600"));
        machine.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        machine.stop();
        tomcat.close();
    }

    /** Runs a script on the student's machine. */
    private ExecResult run(String script) {
        try {
            return machine.execInContainer(
                    "bash",
                    "-ec",
                    "export HOME=/tmp PATH=/opt/dvc/bin:$PATH GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a"
                            + " GIT_COMMITTER_EMAIL=a@b\n" + script);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String done(String script) {
        ExecResult result = run(script);
        assertThat(result.getExitCode())
                .as(result.getStdout() + result.getStderr())
                .isZero();
        return result.getStdout();
    }

    private String repository(String method) {
        return """
                mkdir -p /tmp/work && cd /tmp/work && git init -q . && dvc init -q
                dvc remote add -q -d lab %s/dvc/mlops/s01/dvc-pipeline
                dvc remote modify lab auth basic
                dvc remote modify --local lab user s01
                dvc remote modify --local lab password the-token
                """.formatted(tomcat.url()) + (method.isEmpty() ? "" : "dvc remote modify lab method " + method + "\n");
    }

    private Path remote() {
        return folders.folder(CourseId.parse("mlops"), Owner.parse("student:s01"), LabId.parse("dvc-pipeline"));
    }

    private long kept() throws IOException {
        if (!Files.exists(remote())) {
            return 0;
        }
        try (var files = Files.walk(remote())) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PUT"})
    void pushes_and_pulls_files_and_folders_elsewhere(String method) throws IOException {
        String pushed = done(repository(method) + """
                mkdir imgs && for i in $(seq 40); do echo $i > imgs/$i.txt; done
                : > imgs/empty
                head -c 3000000 /dev/urandom > raw.bin
                dvc add -q imgs raw.bin && git add -A && git commit -qm one
                md5sum raw.bin
                dvc push 2>&1
                dvc status -c 2>&1
                """);
        assertThat(pushed).contains("43 files pushed").contains("in sync");
        assertThat(kept()).isEqualTo(43);

        String pulled = done("""
                git clone -q /tmp/work /tmp/elsewhere && cd /tmp/elsewhere
                dvc remote modify --local lab user s01 && dvc remote modify --local lab password the-token
                dvc pull 2>&1
                md5sum raw.bin
                cat imgs/40.txt
                ls imgs | wc -l
                """);
        assertThat(pulled).contains("\n40\n41\n");
        assertThat(pulled.replaceAll("(?s).*?([0-9a-f]{32})  raw.bin.*", "$1"))
                .isEqualTo(pushed.replaceAll("(?s).*?([0-9a-f]{32})  raw.bin.*", "$1"));
    }

    @Test
    void content_that_is_not_what_its_name_says_is_refused_in_the_way_that_dvc_sends_it() throws IOException {
        String answers = done(repository("") + """
                cat > /tmp/send.py <<'END'
                import asyncio, sys
                import aiohttp
                async def send(md5, parts):
                    async def body():
                        for part in parts: yield part
                    url = "%s/dvc/mlops/s01/dvc-pipeline/files/md5/" + md5[:2] + "/" + md5[2:]
                    async with aiohttp.ClientSession(auth=aiohttp.BasicAuth("s01", "the-token")) as session:
                        async with session.post(url, data=body()) as answer:
                            print(answer.status, (await answer.text()).strip())
                asyncio.run(send("f97c5d29941bfb1b2fdab0874906ab82", [b"on", b"f"]))
                asyncio.run(send("f97c5d29941bfb1b2fdab0874906ab82", [b"on", b"e"]))
                END
                /opt/dvc/bin/python /tmp/send.py
                """.formatted(tomcat.url()));

        assertThat(answers)
                .startsWith("422 The content is not what its name says")
                .endsWith("201 \n");
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void more_than_the_quota_is_refused_and_what_has_a_place_is_kept() throws IOException {
        ExecResult result = run(repository("PUT") + """
                echo small > small.txt
                head -c 9000000 /dev/urandom > large.bin
                dvc add -q small.txt large.bin
                dvc push 2>&1
                """);

        assertThat(result.getExitCode()).as(result.getStdout()).isNotZero();
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void whoHasTheWrongTokenIsTold() {
        ExecResult result = run(repository("") + """
                dvc remote modify --local lab password wrong
                echo one > raw.txt && dvc add -q raw.txt
                dvc push 2>&1
                """);

        assertThat(result.getExitCode()).isNotZero();
        assertThat(result.getStdout()).contains("401");
    }
}
