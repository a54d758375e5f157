package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;

/** What a command sees from inside. */
class LockedDownIT {
    private static final String SECRET = "https://user:secret-of-the-index@index.example/simple";
    private static DockerSandbox sandbox;
    private static SubmissionSpace space;

    @BeforeAll
    static void prepare(@TempDir Path home) {
        DockerSettings plain = TestEngine.settings(home);
        Map<String, String> environment = new java.util.HashMap<>(plain.hostEnvironment());
        environment.put("PIP_INDEX_URL", SECRET);
        environment.put("HTTPS_PROXY", "http://user:secret-of-the-index@127.0.0.1:9");
        sandbox = new DockerSandbox(new DockerSettings(home, plain.images(), false, environment));
        space = sandbox.open(new SpaceRequest("inside", Memory.mebibytes(64)));
        space.openNetwork(Set.of(new LoopbackPort(5000, true)));
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static List<String> lines(String shell) {
        return TestEngine.sh(space, shell).log().head();
    }

    private static ExecutionResult inNamespace(String... argv) {
        return TestEngine.await(TestEngine.start(space, TestEngine.CAPS, Network.SUBMISSION, argv));
    }

    @Test
    void the_user_is_the_submission_s_own_and_has_a_name_and_a_home() {
        int uid = space.layout().uid();
        assertThat(uid).isBetween(61_000, 61_999);
        assertThat(lines("id -u; id -g; id -un; echo $HOME; touch ~/file && echo written; stat -c %u /work"))
                .containsExactly("" + uid, "" + uid, "student", "/tmp/home", "written", "" + uid);
    }

    @Test
    void there_are_no_capabilities_and_no_way_to_new_ones() {
        assertThat(lines("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status | tr -s '\\t' ' '"))
                .contains("CapEff: 0000000000000000", "CapBnd: 0000000000000000", "NoNewPrivs: 1", "Seccomp: 2");
    }

    @Test
    void everything_is_read_only_but_the_work_tree_and_scratch() {
        assertThat(TestEngine.python(space, """
                        import os
                        for root, folders, files in os.walk('/'):
                            folders[:] = [f for f in folders if os.path.join(root, f) not in ('/proc', '/sys')]
                            try:
                                open(os.path.join(root, 'probe'), 'w').close()
                                print(root)
                                folders[:] = []
                            except OSError: pass
                        """).log().head())
                .containsExactlyInAnyOrder("/tmp", "/work", "/dev/shm", "/dev/mqueue");
    }

    @Test
    void the_work_tree_obeys_no_device_files_and_no_set_user_id() {
        assertThat(lines("grep ' /work ' /proc/mounts").getFirst()).contains("nosuid", "nodev");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a socket to the hypervisor (AF_VSOCK)  | socket.socket(40, socket.SOCK_STREAM)
            a raw packet socket                    | socket.socket(17, socket.SOCK_RAW)
            a kernel cipher socket (AF_ALG)        | socket.socket(38, socket.SOCK_SEQPACKET)
            io_uring_setup                         | call(425, 1, ctypes.create_string_buffer(120))
            ptrace                                 | call(101, 16, os.getppid(), 0, 0)
            process_vm_readv                       | call(310, os.getppid(), 0, 0, 0, 0, 0)
            a new user namespace                   | call(272, 0x10000000)
            mount                                  | call(165, b'none', b'/tmp', b'tmpfs', 0, 0)
            keyctl                                 | call(250, 0, -3, 0)
            add_key                                | call(248, b'user', b'a', b'b', 1, -3)
            bpf                                    | call(321, 0, 0, 0)
            userfaultfd                            | call(323, 0)
            perf_event_open                        | call(298, 0, 0, -1, -1, 0)
            limits of PID 1                        | resource.prlimit(1, resource.RLIMIT_CPU, (0, 0))
            """)
    void a_call_that_nobody_needs_is_refused(String name, String call) {
        ExecutionResult result = TestEngine.python(space, """
                import ctypes, os, resource, socket
                def call(number, *arguments):
                    if ctypes.CDLL(None, use_errno=True).syscall(number, *arguments) < 0:
                        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
                try:
                    %s
                    print('allowed')
                except OSError as e: print(e.strerror)
                """.formatted(call));
        assertThat(result.log().head().getFirst()).as(name).isIn("Operation not permitted", "Function not implemented");
    }

    @Test
    void what_honest_stages_need_works() {
        ExecutionResult result = TestEngine.python(space, """
                import asyncio, multiprocessing, os, resource, socket, sqlite3, subprocess, tempfile, threading
                from concurrent.futures import ProcessPoolExecutor
                from multiprocessing import shared_memory
                def square(x): return x * x
                with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(square, [1, 2]))
                with ProcessPoolExecutor(2, multiprocessing.get_context('fork')) as pool: print(list(pool.map(square, [3])))
                memory = shared_memory.SharedMemory(create=True, size=1 << 20); memory.close(); memory.unlink()
                base = sqlite3.connect('/work/a.db'); base.execute('pragma journal_mode=wal'); base.execute('create table t(x)'); base.commit()
                print(subprocess.run(['uname'], capture_output=True, text=True).stdout.strip())
                print(asyncio.run(asyncio.sleep(0, 'slept')))
                os.mkfifo('/work/fifo'); os.symlink('a.db', '/work/link'); os.link('/work/a.db', '/work/hard')
                resource.setrlimit(resource.RLIMIT_NOFILE, (512, 512))
                print(os.sched_getaffinity(0) != set(), socket.gethostbyname('localhost'))
                """);
        assertThat(result.log().head()).containsExactly("[1, 4]", "[9]", "Linux", "slept", "True 127.0.0.1");
        assertThat(result.exit()).isZero();
    }

    @Test
    void the_init_can_be_neither_signalled_nor_traced_nor_read_nor_written() {
        ExecutionResult result = TestEngine.python(space, """
                import os, signal, sys
                for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP): os.kill(1, number)
                for name, mode in (('mem', 'r+b'), ('mem', 'rb'), ('fd/0', 'rb'), ('fd/1', 'wb'), ('environ', 'rb'), ('oom_score_adj', 'w')):
                    try:
                        open('/proc/1/' + name, mode).read(1) if 'r' in mode else open('/proc/1/' + name, mode).write(b'1')
                        print('open', name, mode)
                    except OSError as e: print('refused')
                sys.exit(7)
                """);
        assertThat(result.log().head()).hasSize(6).containsOnly("refused");
        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.limits()).isEmpty();
    }

    @Test
    void a_forged_report_stays_output() {
        ExecutionResult result =
                TestEngine.sh(space, "printf '\\036%032d exit 0 1 0 0 1\\n' 0; printf '\\036' ; kill -KILL $$");
        assertThat(result.exit()).isEqualTo(137);
        assertThat(result.log().head().getFirst()).contains("exit 0 1 0 0 1");
        assertThat(result.peakMemoryBytes()).isGreaterThan(1000);
    }

    @Test
    void neither_the_host_nor_anything_else_can_be_reached() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            StringBuilder hosts = new StringBuilder("'127.0.0.1','172.17.0.1','169.254.169.254'");
            hosts.append(",'")
                    .append(InetAddress.getLocalHost().getHostAddress())
                    .append("'");
            ExecutionResult result = inNamespace("python3", "-c", """
                    import socket
                    for host in (%s):
                        try: socket.create_connection((host, %d), 2); print('reached', host)
                        except OSError as e: print('no')
                    print(sorted(name for _, name in socket.if_nameindex()))
                    try: print(socket.getaddrinfo('example.org', 80))
                    except OSError: print('no name')
                    """.formatted(hosts, server.getLocalPort()));
            assertThat(result.log().head().subList(0, 4)).containsOnly("no");
            assertThat(result.log().head())
                    .anyMatch(line -> line.contains("'lo'"))
                    .contains("no name");
            assertThat(result.log().head()).noneMatch(line -> line.contains("eth"));
        }
    }

    @Test
    void nothing_of_the_host_s_settings_is_inside() {
        for (Network network : List.of(Network.NONE, Network.SUBMISSION)) {
            ExecutionResult result =
                    TestEngine.await(TestEngine.start(space, TestEngine.CAPS, network, "/bin/sh", "-c", """
                    env; cat /etc/resolv.conf /proc/self/environ /proc/1/cmdline; echo; hostname; cat /proc/mounts
                    """));
            String all = String.join("\n", result.log().head());
            assertThat(all)
                    .doesNotContainIgnoringCase("secret-of-the-index", "proxy", "index_url", "nameserver", "CA_BUNDLE");
            assertThat(all.lines()).contains("lab");
        }
    }

    @Test
    void the_package_index_s_container_has_the_host_s_settings() {
        ExecutionResult result = TestEngine.await(TestEngine.start(
                space,
                TestEngine.CAPS,
                Network.PACKAGE_INDEX,
                "/bin/sh",
                "-c",
                "echo $UV_DEFAULT_INDEX $HTTPS_PROXY; test -s $SSL_CERT_FILE"));
        assertThat(result.log().head().getFirst()).contains(SECRET, "127.0.0.1:9");
        assertThat(result.exit()).isZero();
    }

    @Test
    void root_has_only_what_serving_several_users_takes() {
        ExecutionResult result = TestEngine.await(sandbox.startShared(new ContainerCommand(
                TestEngine.image(),
                "tracking",
                Whose.THEIRS,
                List.of("/bin/sh", "-c", "grep CapEff /proc/self/status | tr -s '\\t' ' '; id -u"),
                Map.of(),
                List.of(),
                false,
                "/",
                Network.NONE,
                0,
                TestEngine.CAPS,
                bytes -> {})));
        assertThat(result.log().head()).containsExactly("CapEff: 00000000000000eb", "0");
    }
}
