package dev.cortado.runtime.file.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import dev.cortado.runtime.file.tree.FileEvent.Kind;
import dev.cortado.runtime.file.tree.OpenNames.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a watcher is told of; that it is what Linux tells is the guest suite's to see. */
class WatchesTest {
    private static final Set<Kind> ALL = EnumSet.of(Kind.CREATE, Kind.DELETE, Kind.MODIFY);
    private static final int CREATE = OpenFlags.CREATE | OpenFlags.READ_WRITE;

    private final TmpFileSystem files = new TmpFileSystem(1 << 20, 100_000, () -> 0);
    private final FileTree tree = new FileTree(files, 022);
    private final Watcher watcher = new Watcher();
    private Watch watch;

    @BeforeEach
    void watch() throws FileException {
        tree.makeDirectory(null, path("d"), 0777);
        watch = tree.watch(null, path("d"), watcher, ALL);
    }

    private static byte[] path(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private OpenFile open(String text) throws FileException {
        return tree.open(null, path(text), CREATE, 0666);
    }

    private void assertEvents(String... expected) {
        watcher.wake();
        List<String> events =
                watcher.await().stream()
                        .map(event ->
                                event.kind() + (event.name() == null ? "" : " " + event.name()))
                        .toList();
        assertEquals(List.of(expected), events);
    }

    @Test
    void tellsOfOpenFilesByTheirNewNames() throws Exception {
        OpenFile a = open("d/a");
        a.write(ByteBuffer.allocate(1));
        tree.rename(null, path("d/a"), null, path("d/b"));
        a.duplicate().truncate(0);
        a.setAttributes(AttributeChange.ofPermissions(0600));
        tree.unlink(null, path("d/b"));
        a.write(ByteBuffer.allocate(1));
        assertEvents(
                "CREATE a", "MODIFY a", "DELETE a", "CREATE b", "MODIFY b", "DELETE b", "MODIFY b");
    }

    /** Each name that a file is open by is told of as what is done by that name. */
    @Test
    void tellsLinksOfOneFileApart() throws Exception {
        OpenFile a = open("d/a");
        tree.link(null, path("d/a"), null, path("d/b"));
        OpenFile b = open("d/b");
        b.write(ByteBuffer.allocate(1));
        a.write(ByteBuffer.allocate(1));
        tree.rename(null, path("d/a"), null, path("d/b"));
        assertEvents("CREATE a", "CREATE b", "MODIFY b", "MODIFY a");
    }

    @Test
    void whatFailsIsNotTold() {
        Fails.with(Errno.ENOENT, () -> tree.unlink(null, path("d/none")));
        Fails.with(Errno.ENOENT, () -> tree.rename(null, path("d/none"), null, path("d/a")));
        Fails.with(Errno.ENOENT, () -> tree.link(null, path("d/none"), null, path("d/a")));
        assertEvents();
    }

    @Test
    void endsWithTheDirectory() throws Exception {
        tree.makeDirectory(null, path("e"), 0777);
        tree.rename(null, path("e"), null, path("d"));
        assertEvents("GONE");
        open("d/a").close();
        assertEvents();
        tree.unwatch(watch);
    }

    @Test
    void endsWhenItIsNotWantedAnyMore() throws Exception {
        assertSame(watch, tree.watch(null, path("d"), watcher, Set.of(Kind.CREATE)));
        open("d/a").close();
        tree.unlink(null, path("d/a"));
        tree.unwatch(watch);
        tree.unwatch(watch);
        open("d/a").close();
        assertEvents("CREATE a");
    }

    @Test
    void losesWhatIsTooMuchAndSaysSo() throws Exception {
        for (int i = 0; i < Watcher.MAXIMUM_EVENTS + 10; i++) {
            tree.makeSymbolicLink(path("x"), null, path("d/" + i));
        }
        watcher.wake();
        List<FileEvent> events = watcher.await();
        assertEquals(Watcher.MAXIMUM_EVENTS + 1, events.size());
        assertEquals(Kind.OVERFLOW, events.getLast().kind());
        tree.unlink(null, path("d/0"));
        assertEvents("DELETE 0");
    }

    /** Who begins to watch while a name is changed does not miss it: it may not see it yet. */
    @Test
    void tellsOfWhatHadBegunBefore() throws Exception {
        Watches watches = new Watches();
        Location directory = watch.directory();
        FileName a = FileName.of("a");
        Place place = new Place(directory, a);
        Watches.Call begin = () -> watches.add(directory, watcher, ALL);
        List<Watches.Call> changes =
                List.of(
                        () ->
                                watches.create(
                                        directory, a, () -> watches.add(directory, watcher, ALL)),
                        () -> watches.remove(directory, a, null, begin),
                        () -> watches.move(place, place, null, begin));
        for (Watches.Call change : changes) {
            change.run();
            watches.remove(watches.add(directory, watcher, ALL));
        }
        assertEvents("CREATE a", "DELETE a", "DELETE a", "CREATE a");
    }

    /** A directory may be removed after it was found and before it is watched. */
    @Test
    void endsAtOnceIfTheDirectoryIsGone() throws Exception {
        tree.unwatch(watch);
        OpenFile open = tree.open(null, path("d"), OpenFlags.DIRECTORY, 0);
        tree.removeDirectory(null, path("d"));
        new Watches().add(watch.directory(), watcher, ALL);
        assertEvents("GONE");
        open.close();
    }

    @Test
    void watchesOnlyDirectories() throws Exception {
        open("f").close();
        Fails.with(Errno.ENOTDIR, () -> tree.watch(null, path("f"), watcher, ALL));
        Fails.with(Errno.ENOENT, () -> tree.watch(null, path("none"), watcher, ALL));
    }
}
