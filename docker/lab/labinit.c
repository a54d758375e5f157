/* PID 1 of every container: runs one command, reaps every orphan, and ends everything when the command ends, when time
 * is up, when the command only waits, or when the harness is gone.
 *
 * usage: labinit [--deadline SECONDS] [--idle SECONDS] -- COMMAND [ARGUMENT...]
 *        labinit [--deadline SECONDS] [--idle SECONDS] [--beat SECONDS] --held
 *
 * --idle: everything ends when the whole container used less than a hundredth of one processor for that long.
 * --beat: as often as that, 0x1E HALF " beat\n" is written on standard output, where what runs has computed for a tenth of a second, or
 * its processes have written 16 KiB, since the last time. HALF is the first half of the word: what runs then could read it out of the
 * pipe, and forge beats, but never a report. A beat that finds no room in the pipe is left out.
 * --held: standard input is held by the harness. Its first line is a word that only the harness knows; its second line says
 * how many bytes follow, and these say what to run, as NUL-terminated fields: working directory, number of variables, each
 * variable as NAME=VALUE, command, arguments. Until they come the container stands by. More input, or its end, ends
 * everything. Both output streams of the command are one pipe: the engine takes what is said on two in no certain order, and
 * may cut lines where they meet. The last thing written, when no other process is left, is a report on standard output:
 *   0x1E WORD " " REASON " " CODE " " MICROSECONDS " " OOM-KILLS " " REFUSED-FORKS " " PEAK-BYTES "\n"
 * where REASON is exit, deadline, idle or held, and MICROSECONDS is how long the command ran.
 * Student code runs under the same user id. It cannot read the word (this process is not dumpable, and the command's
 * standard input is /dev/null), it cannot signal PID 1 of its own namespace, and it is dead when the report is written.
 *
 * Exit codes: the command's own; 128 + signal; 124 deadline; 123 idle; 125 held; 127 command not found; 64 wrong use; 71 system.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_USAGE = 64, EXIT_SYSTEM = 71, EXIT_IDLE = 123, EXIT_DEADLINE = 124, EXIT_HELD = 125, EXIT_NOT_FOUND = 127 };
enum { WORD = 64, MAX_ORDER = 1 << 20, REAP_MILLIS = 5000, WRITE_MILLIS = 3000, IDLE_LOOKS = 30, IDLE_SHARE = 100,
       BEAT_NANOS = 100000000, BEAT_BYTES = 16384 };

/* What to run. */
struct order {
    char *directory;
    char **command;
};

/* Counters of the control group, opened before any student code runs (it could lower this process's file limit later). The files
 * of a version 2 hierarchy come first, then those of version 1; memory.peak is missing before Linux 5.19. */
enum { OOM, FORKS, PEAK, CPU, COUNTERS };
struct counter_file {
    const char *path, *key;
    unsigned long long unit; /* of CPU: nanoseconds to one of its units */
};
static const struct counter_file counter_files[COUNTERS][3] = {
    {{"/sys/fs/cgroup/memory.events", "oom_kill ", 1}, {"/sys/fs/cgroup/memory/memory.oom_control", "oom_kill ", 1}},
    {{"/sys/fs/cgroup/pids.events", "max ", 1}, {"/sys/fs/cgroup/pids/pids.events", "max ", 1}},
    {{"/sys/fs/cgroup/memory.peak", "", 1}, {"/sys/fs/cgroup/memory/memory.max_usage_in_bytes", "", 1}},
    {{"/sys/fs/cgroup/cpu.stat", "usage_usec ", 1000},
     {"/sys/fs/cgroup/cpuacct/cpuacct.usage", "", 1},
     {"/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", "", 1}},
};
static int counter_fds[COUNTERS];
static const struct counter_file *counters[COUNTERS];

static void open_counters(void) {
    for (int i = 0; i < COUNTERS; i++) {
        counter_fds[i] = -1;
        for (int j = 0; j < 3 && counter_fds[i] < 0 && counter_files[i][j].path; j++) {
            counters[i] = &counter_files[i][j];
            counter_fds[i] = open(counters[i]->path, O_RDONLY | O_CLOEXEC);
        }
    }
}

/* The number after the key at the start of a line; 0 where the kernel does not tell. */
static unsigned long long counter(int which) {
    char text[1024];
    ssize_t length = counter_fds[which] < 0 ? -1 : pread(counter_fds[which], text, sizeof text - 1, 0);
    if (length <= 0) return 0;
    text[length] = 0;
    const char *key = counters[which]->key;
    for (const char *line = text; line; line = strchr(line, '\n')) {
        if (*line == '\n') line++;
        if (strncmp(line, key, strlen(key)) == 0) return strtoull(line + strlen(key), NULL, 10) * counters[which]->unit;
    }
    return 0;
}

/* Peak memory of the control group; of its largest process where the kernel does not tell. */
static unsigned long long peak(void) {
    unsigned long long told = counter(PEAK);
    struct rusage usage;
    if (told > 0 || getrusage(RUSAGE_CHILDREN, &usage) < 0) return told;
    return (unsigned long long) usage.ru_maxrss * 1024;
}

static long long now_micros(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static long long now_millis(void) { return now_micros() / 1000; }

static int deadline_fd(double seconds) {
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    struct itimerspec when = {.it_value = {.tv_sec = (time_t) seconds, .tv_nsec = (long) ((seconds - (time_t) seconds) * 1e9)}};
    if (when.it_value.tv_sec == 0 && when.it_value.tv_nsec == 0) when.it_value.tv_nsec = 1;
    if (fd < 0 || timerfd_settime(fd, 0, &when, NULL) < 0) return -1;
    return fd;
}

/* Waits until a descriptor can be read or the deadline passed; 0 for the deadline. */
static int readable(int fd, int deadline) {
    struct pollfd fds[2] = {{.fd = fd, .events = POLLIN}, {.fd = deadline, .events = POLLIN}};
    while (poll(fds, 2, -1) < 0 && errno == EINTR) {}
    return fds[1].revents == 0;
}

/* Reads a line of standard input, without its end. Returns 0, or the exit code to end with. */
static int read_line(char *line, int deadline) {
    for (size_t length = 0; length < WORD - 1; length++) {
        if (!readable(0, deadline)) return EXIT_DEADLINE;
        if (read(0, line + length, 1) != 1) return EXIT_HELD;
        if (line[length] == '\n') {
            line[length] = 0;
            return length == 0 ? EXIT_HELD : 0;
        }
    }
    return EXIT_USAGE;
}

/* The field that starts at the place, which moves behind it; NULL where there is none. */
static char *field(char **place, char *end) {
    if (*place >= end) return NULL;
    char *start = *place;
    *place += strlen(start) + 1;
    return start;
}

/* Waits for what to run. Returns 0, or the exit code to end with. */
static int read_order(struct order *order, int deadline) {
    char line[WORD];
    int code = read_line(line, deadline);
    if (code != 0) return code;
    long size = strtol(line, NULL, 10);
    if (size <= 0 || size > MAX_ORDER) return EXIT_USAGE;
    char *text = calloc((size_t) size + 1, 1);
    if (!text) return EXIT_SYSTEM;
    for (long have = 0; have < size;) {
        if (!readable(0, deadline)) return EXIT_DEADLINE;
        ssize_t got = read(0, text + have, (size_t) (size - have));
        if (got <= 0) return EXIT_HELD;
        have += got;
    }
    char *place = text, *end = text + size;
    order->directory = field(&place, end);
    char *count = field(&place, end);
    for (long left = count ? strtol(count, NULL, 10) : 0; left > 0; left--) {
        char *variable = field(&place, end);
        if (!variable || putenv(variable) != 0) return EXIT_USAGE;
    }
    size_t arguments = 0;
    for (char *byte = place; byte < end; byte++) arguments += *byte == 0;
    order->command = calloc(arguments + 1, sizeof *order->command);
    if (!order->command) return EXIT_SYSTEM;
    for (size_t i = 0; i < arguments; i++) order->command[i] = field(&place, end);
    return arguments == 0 ? EXIT_USAGE : 0;
}

static void kill_all(void) {
    long long until = now_millis() + REAP_MILLIS;
    while (now_millis() < until) {
        kill(-1, SIGKILL);
        pid_t ended = waitpid(-1, NULL, WNOHANG);
        if (ended < 0 && errno == ECHILD) return;
        if (ended == 0) poll(NULL, 0, 2);
    }
}

static void report(const char *word, const char *reason, int code, long long micros) {
    char text[256];
    int length = snprintf(text, sizeof text, "\x1e%s %s %d %lld %llu %llu %llu\n", word, reason, code, micros,
                          counter(OOM), counter(FORKS), peak());
    long long until = now_millis() + WRITE_MILLIS;
    for (int done = 0; done < length && now_millis() < until;) {
        /* The command may have left the pipe in non-blocking mode. */
        struct pollfd out = {.fd = 1, .events = POLLOUT};
        poll(&out, 1, 100);
        ssize_t written = write(1, text + done, (size_t) (length - done));
        if (written > 0) done += (int) written;
        if (written < 0 && errno != EAGAIN && errno != EINTR) return;
    }
}

static pid_t start(const struct order *order, int held) {
    pid_t child = fork();
    if (child != 0) return child;
    int null = open("/dev/null", O_RDONLY);
    if (null > 0) {
        dup2(null, 0);
        close(null);
    }
    if (held) dup2(1, 2);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setsid();
    if (order->directory && chdir(order->directory) < 0) {
        fprintf(stderr, "%s: %s\n", order->directory, strerror(errno));
        _exit(EXIT_NOT_FOUND);
    }
    execvp(order->command[0], order->command);
    fprintf(stderr, "%s: %s\n", order->command[0], strerror(errno));
    _exit(EXIT_NOT_FOUND);
}

/* Reaps what ended. True when the command itself ended, with its exit code. */
static int reap(pid_t command, int *code) {
    int status, over = 0;
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
        if (ended == command) {
            *code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            over = 1;
        }
    }
    return over;
}

/* Since when less than a hundredth of one processor has been used. Kernels that tell no processor time make nobody idle. */
struct idle {
    long long limit, since;
    unsigned long long used;
};

static int only_waits(struct idle *idle) {
    unsigned long long used = counter(CPU);
    long long now = now_micros();
    if (used == 0 || used - idle->used > (unsigned long long) idle->limit * 1000 / IDLE_SHARE) {
        idle->since = now;
        idle->used = used;
    }
    return now - idle->since >= idle->limit;
}

/* What the processes that live have written, and what those have that they waited for. */
static unsigned long long written(void) {
    unsigned long long sum = 0;
    DIR *all = opendir("/proc");
    for (struct dirent *entry; all && (entry = readdir(all));) {
        char path[sizeof "/proc//io" + sizeof entry->d_name], text[512];
        if (!isdigit((unsigned char) entry->d_name[0])) continue;
        snprintf(path, sizeof path, "/proc/%s/io", entry->d_name);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
        if (fd >= 0) close(fd);
        if (length <= 0) continue;
        text[length] = 0;
        const char *at = strstr(text, "wchar: ");
        if (at) sum += strtoull(at + strlen("wchar: "), NULL, 10);
    }
    if (all) closedir(all);
    return sum;
}

/* What had been used and written at the last beat. */
struct beat {
    const char *word;
    long long every, looked; /* microseconds */
    unsigned long long used, written;
};

/* Kernels that tell no processor time let every heart beat. */
static void beat(struct beat *beat) {
    long long now = now_micros();
    if (now - beat->looked < beat->every) return;
    beat->looked = now;
    unsigned long long used = counter(CPU), out = written();
    if (out < beat->written) beat->written = out; /* whoever wrote it has ended */
    if (used != 0 && used - beat->used < BEAT_NANOS && out - beat->written < BEAT_BYTES) return;
    char text[WORD + 16];
    int length = snprintf(text, sizeof text, "\x1e%.*s beat\n", (int) strlen(beat->word) / 2, beat->word);
    struct pollfd room = {.fd = 1, .events = POLLOUT};
    if (poll(&room, 1, 0) != 1 || !(room.revents & POLLOUT) || write(1, text, (size_t) length) != length) return;
    beat->used = used;
    beat->written = out;
}

static int shorter(int one, int other) { return one < 0 || (other >= 0 && other < one) ? other : one; }

static const char *supervise(pid_t command, int children, int deadline, int held, struct idle *idle, struct beat *heart,
                             int *code) {
    struct pollfd fds[3] = {{.fd = children, .events = POLLIN}, {.fd = deadline, .events = POLLIN},
                            {.fd = held ? 0 : -1, .events = POLLIN}};
    char ignored[512];
    for (;;) {
        int pause = shorter(idle->limit > 0 ? (int) (idle->limit / 1000 / IDLE_LOOKS) + 1 : -1,
                            heart->every > 0 ? (int) (heart->every / 1000) + 1 : -1);
        if (poll(fds, 3, pause) < 0) continue;
        if (fds[0].revents) {
            if (read(children, ignored, sizeof ignored) < 0) continue;
            if (reap(command, code)) return "exit";
        }
        if (fds[1].revents) {
            *code = EXIT_DEADLINE;
            return "deadline";
        }
        if (fds[2].revents) {
            *code = EXIT_HELD;
            return "held";
        }
        if (idle->limit > 0 && only_waits(idle)) {
            *code = EXIT_IDLE;
            return "idle";
        }
        if (heart->every > 0) beat(heart);
    }
}

int main(int argc, char **argv) {
    struct idle idle = {0, 0, 0};
    struct beat heart = {NULL, 0, 0, 0, 0};
    int first = 1, held = 0, deadline = -1, code = EXIT_SYSTEM;
    char word[WORD] = "";
    struct order order = {NULL, NULL};
    if (getpid() != 1) {
        fprintf(stderr, "labinit: only as the first process of a container, for at the end it kills every process it sees\n");
        return EXIT_USAGE;
    }
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    for (; first < argc && strcmp(argv[first], "--") != 0; first++) {
        if (strcmp(argv[first], "--held") == 0) {
            held = 1;
        } else if (strcmp(argv[first], "--deadline") == 0 && first + 1 < argc) {
            deadline = deadline_fd(atof(argv[++first]));
            if (deadline < 0) return EXIT_SYSTEM;
        } else if (strcmp(argv[first], "--idle") == 0 && first + 1 < argc) {
            idle.limit = (long long) (atof(argv[++first]) * 1e6);
        } else if (strcmp(argv[first], "--beat") == 0 && first + 1 < argc) {
            heart.every = (long long) (atof(argv[++first]) * 1e6);
        } else {
            break;
        }
    }
    if (held ? first < argc : heart.every > 0 || first + 1 >= argc || strcmp(argv[first], "--") != 0) {
        fprintf(stderr, "usage: labinit [--deadline SECONDS] [--idle SECONDS] -- COMMAND [ARGUMENT...]\n"
                        "       labinit [--deadline SECONDS] [--idle SECONDS] [--beat SECONDS] --held\n");
        return EXIT_USAGE;
    }
    order.command = argv + first + 1;
    const char *home = getenv("HOME");
    if (home) mkdir(home, 0700);
    signal(SIGPIPE, SIG_IGN);
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGCHLD);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    int children = signalfd(-1, &mask, SFD_CLOEXEC);
    open_counters();
    if (held && ((code = read_line(word, deadline)) != 0 || (code = read_order(&order, deadline)) != 0)) return code;
    long long started = now_micros();
    idle.since = started;
    idle.used = counter(CPU);
    heart.word = word;
    heart.looked = started;
    heart.used = idle.used;
    pid_t command = start(&order, held);
    if (command < 0 || children < 0) return EXIT_SYSTEM;
    const char *reason = supervise(command, children, deadline, held, &idle, &heart, &code);
    long long micros = now_micros() - started;
    kill_all();
    if (held) report(word, reason, code, micros);
    return code;
}
