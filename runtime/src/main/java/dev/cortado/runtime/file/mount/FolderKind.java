package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Protocol;
import dev.cortado.runtime.file.folder.Server;
import dev.cortado.runtime.file.fuse.Fuse;
import dev.cortado.runtime.file.ninep.Ninep;
import dev.cortado.runtime.file.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Folders that a host shares by one protocol. In the place of the device is the folder's tag. */
public final class FolderKind implements FileSystemKind {
    private static final Set<String> TYPES = Set.of(Ninep.TYPE, Fuse.TYPE);

    /** What others have to say for what is so here. */
    private static final List<String> IGNORED = List.of("noatime", "nosuid", "nodev");

    /** The same that only 9P has. */
    private static final List<String> IGNORED_BY_NINEP =
            List.of("trans=virtio", "version=9p2000.L", "cache=none");

    /** Problems that are told, each; of those that follow, only some. */
    private static final int MOST_TOLD = 8;

    private final Protocol protocol;
    private final List<String> ignored;
    private final Folders folders;
    private final Consumer<String> log;

    /** Where each folder is, by its tag: a session has the way to it for itself. */
    private final Map<String, String> mounted = new HashMap<>();

    /** Where folders are found. */
    @FunctionalInterface
    public interface Folders {
        /**
         * Who shares the folder with a tag.
         *
         * @param type of the protocol
         * @throws MountException there is none
         */
        Server find(String type, String tag) throws MountException;
    }

    private FolderKind(
            Protocol protocol, List<String> ignored, Folders folders, Consumer<String> log) {
        this.protocol = protocol;
        this.ignored = ignored;
        this.folders = folders;
        this.log = log;
    }

    /**
     * By 9P.
     *
     * @param log hears of servers that do not do what they should
     */
    public static FolderKind ninep(Folders folders, Consumer<String> log) {
        return new FolderKind(new Ninep(), IGNORED_BY_NINEP, folders, log);
    }

    /** As above, by virtiofs. */
    public static FolderKind virtiofs(Folders folders, Consumer<String> log) {
        return new FolderKind(new Fuse(), List.of(), folders, log);
    }

    /** Whether a type of file systems is one of these. */
    static boolean isFolder(String type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isNamed(String type) {
        return type.equals(protocol.type());
    }

    /** The device is none that could be found with the others. */
    @Override
    public boolean needsDevice() {
        return false;
    }

    @Override
    public MountedFileSystem mount(Storage device, MountSpec spec) throws MountException {
        MountOptions options = spec.options();
        if (options.formatIfBlank() || options.grow()) {
            throw new MountException("format-if-blank and grow are for ext4");
        }
        for (String option : options.others()) {
            if (!IGNORED.contains(option) && !ignored.contains(option)) {
                throw new MountException(protocol.type() + " has no option \"" + option + '"');
            }
        }
        if (spec.device() == null) {
            throw new MountException(
                    protocol.type() + " needs the tag of a folder, such as share0");
        }
        String tag = spec.device().value();
        if (mounted.containsKey(tag)) {
            throw new MountException(spec.device() + " is mounted on " + mounted.get(tag));
        }
        AtomicInteger count = new AtomicInteger();
        Consumer<String> problems = problem -> tell(spec.path(), problem, count);
        try {
            Server server = folders.find(protocol.type(), tag);
            FolderFileSystem shared =
                    FolderFileSystem.mount(
                            protocol, server, Patience.USUAL, options.readOnly(), problems);
            mounted.put(tag, spec.path());
            return new Mounted(shared);
        } catch (FileException e) {
            boolean isForeign = e.errno() == Errno.EPROTONOSUPPORT;
            String why =
                    isForeign ? "the host does not speak " + protocol.language() : e.getMessage();
            throw new MountException(spec.device() + ": " + why, e);
        }
    }

    private void tell(String path, String problem, AtomicInteger count) {
        int number = count.incrementAndGet();
        if (number <= MOST_TOLD || Integer.bitCount(number) == 1) {
            log.accept(path + ": " + problem);
        }
    }

    /** Whatever was done is the host's already. */
    private record Mounted(FolderFileSystem shared) implements MountedFileSystem {
        @Override
        public FileSystem fileSystem() {
            return shared;
        }

        @Override
        public void commit() {}

        @Override
        public void unmount() {
            shared.unmount();
        }
    }
}
