package dev.cortado.system.guest.suite;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories are watched as {@link WatchService} says, and as the JDK does it on Linux. */
class WatchServiceTest extends InDirectory {
    private static final String MARK = "mark";
    private static final int MORE_THAN_A_KEY_KEEPS = 600;

    private WatchService service;

    /** Something to do in the directory that is watched. */
    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    @BeforeEach
    void open() throws Exception {
        service = FileSystems.getDefault().newWatchService();
    }

    @AfterEach
    void close() throws Exception {
        service.close();
    }

    private WatchKey watchAll() throws Exception {
        return directory().register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    }

    /** Of what was done, all events: then a mark is made, and it comes last. */
    private List<String> eventsOf(Action action) throws Exception {
        WatchKey key = watchAll();
        action.run();
        Files.createDirectory(path(MARK));
        List<String> events = new ArrayList<>();
        while (events.isEmpty() || !events.getLast().equals("ENTRY_CREATE " + MARK)) {
            WatchKey ready = service.poll(Deadline.SECONDS, TimeUnit.SECONDS);
            assertSame(key, ready);
            key.pollEvents().forEach(event -> add(events, text(event)));
            assertTrue(key.reset());
        }
        return events.subList(0, events.size() - 1);
    }

    /** Two of the same are one to a key, unless one looks between them. */
    private static void add(List<String> events, String event) {
        if (events.isEmpty() || !events.getLast().equals(event)) {
            events.add(event);
        }
    }

    private static String text(WatchEvent<?> event) {
        assertTrue(event.count() > 0);
        return event.kind().name() + (event.context() == null ? "" : " " + event.context());
    }

    private void assertEvents(Action action, String... expected) throws Exception {
        assertEquals(List.of(expected), eventsOf(action));
    }

    @Test
    void whatIsMadeIsTold() throws Exception {
        file("old", "");
        assertEvents(
                () -> {
                    Files.createFile(path("file"));
                    Files.createDirectory(path("directory"));
                    Files.createSymbolicLink(path("symbolic"), Path.of("nowhere"));
                    Files.createLink(path("link"), path("old"));
                },
                "ENTRY_CREATE file",
                "ENTRY_CREATE directory",
                "ENTRY_CREATE symbolic",
                "ENTRY_CREATE link");
    }

    @Test
    void whatIsRemovedIsTold() throws Exception {
        file("file", "");
        Files.createDirectory(path("directory"));
        assertEvents(
                () -> {
                    Files.delete(path("file"));
                    Files.delete(path("directory"));
                    assertThrows(NoSuchFileException.class, () -> Files.delete(path("file")));
                },
                "ENTRY_DELETE file",
                "ENTRY_DELETE directory");
    }

    @Test
    void whatIsWrittenIsTold() throws Exception {
        Path file = file("file", "text");
        assertEvents(() -> Files.writeString(file, "more"), "ENTRY_MODIFY file");
    }

    @Test
    void eachWayToChangeAFileIsTold() throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            file(name, "text");
        }
        assertEvents(
                () -> {
                    try (FileOutputStream out = new FileOutputStream(path("a").toFile(), true)) {
                        out.write(1);
                    }
                    try (RandomAccessFile b = new RandomAccessFile(path("b").toFile(), "rw")) {
                        b.setLength(1);
                    }
                    try (FileChannel c = FileChannel.open(path("c"), StandardOpenOption.WRITE)) {
                        c.write(ByteBuffer.allocate(1), 100);
                    }
                    Files.setPosixFilePermissions(
                            path("d"), PosixFilePermissions.fromString("rwx------"));
                    Files.setLastModifiedTime(path("e"), FileTime.fromMillis(0));
                    Files.newOutputStream(path("f")).close();
                    Files.readString(path("a"));
                },
                "ENTRY_MODIFY a",
                "ENTRY_MODIFY b",
                "ENTRY_MODIFY c",
                "ENTRY_MODIFY d",
                "ENTRY_MODIFY e",
                "ENTRY_MODIFY f");
    }

    @Test
    void aRenamedFileGoesAndComes() throws Exception {
        file("a", "");
        file("b", "");
        Path below = Files.createDirectory(path("below"));
        assertEvents(
                () -> {
                    Files.move(path("a"), path("c"));
                    Files.move(path("c"), path("b"), StandardCopyOption.ATOMIC_MOVE);
                    Files.move(path("b"), below.resolve("b"));
                    Files.move(below.resolve("b"), path("d"));
                    Files.move(path("d"), path("d"));
                },
                "ENTRY_DELETE a",
                "ENTRY_CREATE c",
                "ENTRY_DELETE c",
                "ENTRY_CREATE b",
                "ENTRY_DELETE b",
                "ENTRY_CREATE d");
    }

    /** What was opened by a name is told of by what that name is now. */
    @Test
    void anOpenFileIsKnownByItsNewName() throws Exception {
        file("a", "");
        try (FileChannel channel = FileChannel.open(path("a"), StandardOpenOption.WRITE)) {
            assertEvents(
                    () -> {
                        channel.write(ByteBuffer.allocate(1));
                        Files.move(path("a"), path("b"));
                        channel.write(ByteBuffer.allocate(1));
                        file("a", "");
                        Files.delete(path("a"));
                    },
                    "ENTRY_MODIFY a",
                    "ENTRY_DELETE a",
                    "ENTRY_CREATE b",
                    "ENTRY_MODIFY b",
                    "ENTRY_CREATE a",
                    "ENTRY_DELETE a");
        }
    }

    /** Names further down are no entries. */
    @Test
    void whatIsBelowIsNotTold() throws Exception {
        Path below = Files.createDirectory(path("below"));
        assertEvents(() -> Files.writeString(below.resolve("file"), "text"));
    }

    @Test
    void onlyWhatWasAskedForIsTold() throws Exception {
        WatchKey key = directory().register(service, ENTRY_DELETE);
        file("file", "text");
        Files.delete(path("file"));
        assertSame(key, service.poll(Deadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(List.of("ENTRY_DELETE file"), texts(key));
    }

    private static List<String> texts(WatchKey key) {
        return key.pollEvents().stream().map(WatchServiceTest::text).toList();
    }

    /** A directory has one key, with what was asked for last. */
    @Test
    void registeringAgainChangesTheKey() throws Exception {
        WatchKey key = directory().register(service, ENTRY_DELETE);
        assertSame(key, directory().register(service, ENTRY_CREATE));
        file("file", "text");
        Files.delete(path("file"));
        Files.createDirectory(path(MARK));
        List<String> events = new ArrayList<>();
        while (!events.contains("ENTRY_CREATE " + MARK)) {
            assertSame(key, service.poll(Deadline.SECONDS, TimeUnit.SECONDS));
            events.addAll(texts(key));
            key.reset();
        }
        assertEquals(List.of("ENTRY_CREATE file", "ENTRY_CREATE mark"), events);
    }

    @Test
    void aKeyIsNotQueuedAgainBeforeItIsReset() throws Exception {
        WatchKey key = watchAll();
        assertEquals(directory(), key.watchable());
        file("a", "");
        assertSame(key, service.poll(Deadline.SECONDS, TimeUnit.SECONDS));
        file("b", "");
        assertNull(service.poll(10, TimeUnit.MILLISECONDS));
        Deadline.until("b", () -> texts(key).contains("ENTRY_CREATE b"));
        assertTrue(key.reset());
        assertNull(service.poll());
    }

    /** However fast they are brought: more than a key keeps come between two looks at it. */
    @Test
    void whatNobodyTakesOverflows() throws Exception {
        WatchKey key = watchAll();
        Files.createDirectory(path("here"));
        Deadline.until(
                "overflow",
                () -> {
                    moveOften();
                    return texts(key).contains("OVERFLOW");
                });
        assertEquals("OVERFLOW", OVERFLOW.name());
    }

    private void moveOften() {
        try {
            for (int i = 0; i < MORE_THAN_A_KEY_KEEPS; i++) {
                Files.move(path("here"), path("there"));
                Files.move(path("there"), path("here"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRemovedDirectoryEndsItsKey() throws Exception {
        Path watched = Files.createDirectory(path("watched"));
        WatchKey key = watched.register(service, ENTRY_CREATE);
        Files.delete(watched);
        assertSame(key, service.poll(Deadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(List.of(), key.pollEvents());
        assertFalse(key.isValid());
        assertFalse(key.reset());
        Files.createDirectory(watched);
        WatchKey another = watched.register(service, ENTRY_CREATE);
        assertTrue(another.isValid() && another != key);
    }

    @Test
    void aRenamedDirectoryIsStillWatched() throws Exception {
        Path watched = Files.createDirectory(path("watched"));
        WatchKey key = watched.register(service, ENTRY_CREATE);
        Path moved = Files.move(watched, path("moved"));
        Files.createFile(moved.resolve("file"));
        assertSame(key, service.poll(Deadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(List.of("ENTRY_CREATE file"), texts(key));
        assertTrue(key.isValid());
    }

    @Test
    void aCancelledKeyIsOver() throws Exception {
        WatchKey key = watchAll();
        key.cancel();
        key.cancel();
        assertFalse(key.isValid());
        assertFalse(key.reset());
        file("file", "text");
        WatchKey another = watchAll();
        Files.createDirectory(path(MARK));
        assertSame(another, service.poll(Deadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(List.of("ENTRY_CREATE mark"), texts(another));
        assertEquals(List.of(), key.pollEvents());
    }

    @Test
    void eachServiceIsToldOfTheSame() throws Exception {
        try (WatchService second = FileSystems.getDefault().newWatchService()) {
            WatchKey one = watchAll();
            WatchKey other = directory().register(second, ENTRY_CREATE);
            Files.createDirectory(path("d"));
            assertSame(one, service.poll(Deadline.SECONDS, TimeUnit.SECONDS));
            assertSame(other, second.poll(Deadline.SECONDS, TimeUnit.SECONDS));
            assertEquals(List.of("ENTRY_CREATE d"), texts(one));
            assertEquals(List.of("ENTRY_CREATE d"), texts(other));
        }
    }

    @Test
    void whatCannotBeWatchedIsRefused() throws Exception {
        Path file = file("file", "text");
        assertThrows(NotDirectoryException.class, () -> file.register(service, ENTRY_CREATE));
        assertThrows(NoSuchFileException.class, () -> path("none").register(service, ENTRY_CREATE));
        assertThrows(IllegalArgumentException.class, () -> directory().register(service));
        assertThrows(IllegalArgumentException.class, () -> directory().register(service, OVERFLOW));
        assertThrows(NullPointerException.class, () -> directory().register(null, ENTRY_CREATE));
    }

    @ParameterizedTest
    @EnumSource
    void closingWakesWhoeverWaits(ThreadKind kind) throws Exception {
        WatchKey key = watchAll();
        TestThread waiting =
                kind.start(() -> assertThrows(ClosedWatchServiceException.class, service::take));
        kind.waits(waiting);
        service.close();
        waiting.finish();
        assertFalse(key.isValid());
        key.cancel();
        assertThrows(ClosedWatchServiceException.class, () -> service.poll());
        assertThrows(ClosedWatchServiceException.class, this::watchAll);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsIsWokenByAnEvent(ThreadKind kind) throws Exception {
        WatchKey key = watchAll();
        TestThread waiting = kind.start(() -> assertSame(key, service.take()));
        kind.waits(waiting);
        Files.createDirectory(path("d"));
        waiting.finish();
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsCanBeInterrupted(ThreadKind kind) throws Exception {
        TestThread waiting =
                kind.start(() -> assertThrows(InterruptedException.class, service::take));
        kind.waits(waiting);
        waiting.thread().interrupt();
        waiting.finish();
    }
}
