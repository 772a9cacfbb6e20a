package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.ninep.NinepFileSystem;
import dev.cortado.runtime.file.ninep.Patience;
import dev.cortado.runtime.file.ninep.Server;
import dev.cortado.runtime.file.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Folders that a host shares by 9P. In the place of the device is the folder's tag. */
public final class NinepKind implements FileSystemKind {
    static final String TYPE = "9p";

    /** What others have to say for what is so here. */
    private static final List<String> IGNORED =
            List.of("trans=virtio", "version=9p2000.L", "cache=none", "noatime", "nosuid", "nodev");

    /** Problems that are told, each; of those that follow, only some. */
    private static final int MOST_TOLD = 8;

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
         * @throws MountException there is none
         */
        Server find(String tag) throws MountException;
    }

    /**
     * @param log hears of servers that do not do what they should
     */
    public NinepKind(Folders folders, Consumer<String> log) {
        this.folders = folders;
        this.log = log;
    }

    @Override
    public boolean isNamed(String type) {
        return type.equals(TYPE);
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
            if (!IGNORED.contains(option)) {
                throw new MountException("9p has no option \"" + option + '"');
            }
        }
        if (spec.device() == null) {
            throw new MountException("9p needs the tag of a folder, such as share0");
        }
        String tag = spec.device().value();
        if (mounted.containsKey(tag)) {
            throw new MountException(spec.device() + " is mounted on " + mounted.get(tag));
        }
        AtomicInteger count = new AtomicInteger();
        Consumer<String> problems = problem -> tell(spec.path(), problem, count);
        try {
            Server server = folders.find(tag);
            NinepFileSystem shared =
                    NinepFileSystem.mount(server, Patience.USUAL, options.readOnly(), problems);
            mounted.put(tag, spec.path());
            return new Mounted(shared);
        } catch (FileException e) {
            boolean isForeign = e.errno() == Errno.EPROTONOSUPPORT;
            String why = isForeign ? "the host does not speak 9P2000.L" : e.getMessage();
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
    private record Mounted(NinepFileSystem shared) implements MountedFileSystem {
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
