package org.labharness.autograder.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.queue.Budget;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.serve.Machinery;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.StoreIdentity;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.docker.EngineCheck;

/** What a server stands on: the database and sandbox of this installation, and a worker that grades in it. */
final class ServeMachinery implements Machinery {
    private final Console console;
    private final Settings settings;
    private final DatabaseOption database;
    private final SandboxOptions sandbox;
    private final int atOnce;
    private final LiveCourses courses;
    private @Nullable Database opened;
    private volatile @Nullable GradingRoom room;

    ServeMachinery(
            Console console,
            Settings settings,
            DatabaseOption database,
            SandboxOptions sandbox,
            int atOnce,
            LiveCourses courses) {
        this.console = console;
        this.settings = settings;
        this.database = database;
        this.sandbox = sandbox;
        this.atOnce = atOnce;
        this.courses = courses;
    }

    @Override
    public Archive archive() {
        return settings.archive();
    }

    @Override
    public synchronized Database database(@Nullable String url) {
        Database open = database.open(settings, console, url);
        opened = open;
        new StoreIdentity(open).require(settings.archive());
        return open;
    }

    @Override
    public synchronized Worker worker(Database where) {
        GradingRoom made = GradingRoom.open(
                where,
                settings,
                sandbox,
                courses.ids(),
                (id, lab) -> courses.now(id).orElseThrow().course(),
                courses.labs(),
                atOnce,
                Budget.ofMachine());
        room = made;
        return made.worker();
    }

    @Override
    public int containers() {
        GradingRoom open = room;
        return open == null ? 0 : open.containers();
    }

    @Override
    public Map<String, String> variables() {
        return settings.variables();
    }

    @Override
    public Optional<SystemBroke> trouble() {
        try {
            EngineCheck.look(settings.variables(), Images.load(settings.home())).require(sandbox.acceptWeaker());
            return Optional.empty();
        } catch (SystemBroke broke) {
            return Optional.of(broke);
        }
    }

    @Override
    public void say(String sentence) {
        console.err().println(sentence);
    }

    @Override
    public synchronized void close() {
        if (room != null) {
            room.close();
        }
        if (opened != null) {
            opened.close();
        }
    }
}
