/* PID 1 of every container: runs one command, reaps every orphan, ends everything when the command ends. First version. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int first = 1;
    while (first < argc && strcmp(argv[first], "--") != 0) first++;
    if (first + 1 >= argc) {
        fprintf(stderr, "usage: labinit [options] -- COMMAND [ARGUMENT...]\n");
        return 64;
    }
    pid_t child = fork();
    if (child < 0) return 71;
    if (child == 0) {
        setsid();
        execvp(argv[first + 1], argv + first + 1);
        fprintf(stderr, "labinit: %s: %s\n", argv[first + 1], strerror(errno));
        _exit(127);
    }
    for (;;) {
        int status;
        pid_t ended = wait(&status);
        if (ended == child) {
            kill(-1, SIGKILL);
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        if (ended < 0 && errno != EINTR) return 71;
    }
}
