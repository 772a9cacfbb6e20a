package dev.cortado.runtime.jdk;

import dev.cortado.runtime.configuration.ConfiguredFile;
import dev.cortado.runtime.configuration.Sourced;
import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountSpec;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the sources of configuration say of files and mounts. The root cannot be changed: where
 * nothing else is mounted, files are written into directories of the root that are in memory.
 */
final class ConfiguredFiles {
    private static final String TEMPORARY = "/tmp";
    private static final int DIRECTORY_PERMISSIONS = 0755;

    /** Each may become a mount, of which there cannot be any number. */
    private static final int MOST_DIRECTORIES = 32;

    private final boolean isStrict;

    private List<MountSpec> mounts = List.of();
    private List<Sourced<ConfiguredFile>> files = List.of();

    /**
     * @param isStrict whether a file that cannot be written ends the program's start
     */
    ConfiguredFiles(boolean isStrict) {
        this.isStrict = isStrict;
    }

    /**
     * Before anything is mounted.
     *
     * @param problems is told of files that cannot be anywhere, which are left out
     */
    void set(
            Sourced<List<MountSpec>> wanted,
            List<Sourced<ConfiguredFile>> all,
            Consumer<String> problems) {
        mounts = wanted.value();
        List<Sourced<ConfiguredFile>> possible = new ArrayList<>();
        Set<String> directories = new HashSet<>();
        for (Sourced<ConfiguredFile> each : all) {
            if (each.value().topDirectory() == null) {
                problems.accept(
                        each.source()
                                + ": "
                                + each.value().path()
                                + ": the root cannot be changed, only what is in directories;"
                                + " left out");
            } else if (directories.size() == MOST_DIRECTORIES
                    && !directories.contains(each.value().topDirectory())) {
                problems.accept(
                        "%s: %s: files in more than %d directories of the root; left out"
                                .formatted(each.source(), each.value().path(), MOST_DIRECTORIES));
            } else {
                directories.add(each.value().topDirectory());
                possible.add(each);
            }
        }
        files = possible;
    }

    List<Sourced<ConfiguredFile>> files() {
        return files;
    }

    /**
     * What is to be mounted with the files in mind.
     *
     * @param commandLine what the command line wants; null if it says nothing
     * @param built what the image was built with
     */
    List<MountSpec> mounts(List<MountSpec> commandLine, List<MountSpec> built)
            throws MountException {
        List<MountSpec> chosen = mounts.isEmpty() ? built : mounts;
        List<MountSpec> all = new ArrayList<>(commandLine == null ? chosen : commandLine);
        Set<String> covered = new HashSet<>(Set.of(TEMPORARY));
        if (GuestFiles.network() != null) {
            covered.add(NetworkFiles.DIRECTORY);
        }
        all.forEach(spec -> covered.add(spec.path()));
        for (Sourced<ConfiguredFile> each : files) {
            String directory = each.value().topDirectory();
            if (covered.add(directory)) {
                all.add(MountSpec.inMemory(directory, each.source()));
            }
        }
        return all;
    }

    /**
     * Writes them, when all is mounted; one that cannot be written is told of, and left out.
     *
     * @throws MountException one cannot, and nothing may be left out
     */
    void write(FileTree tree) throws MountException {
        for (Sourced<ConfiguredFile> each : files) {
            try {
                write(tree, each.value());
            } catch (FileException e) {
                String what = each.source() + ": " + each.value().path() + ": " + e.getMessage();
                if (isStrict) {
                    throw new MountException(what, e);
                }
                ConfigurationConsole.line(what + "; left out");
            }
        }
        files = List.of();
    }

    private static void write(FileTree tree, ConfiguredFile file) throws FileException {
        makeDirectories(tree, file.path());
        int how = file.isAppended() ? OpenFlags.APPEND : OpenFlags.TRUNCATE;
        OpenFile open =
                tree.open(
                        null,
                        bytes(file.path()),
                        OpenFlags.WRITE_ONLY | OpenFlags.CREATE | how,
                        file.permissions());
        try {
            ByteBuffer content = ByteBuffer.wrap(file.content());
            while (content.hasRemaining()) {
                open.write(content);
            }
            open.setAttributes(AttributeChange.ofPermissions(file.permissions()));
        } finally {
            open.close();
        }
    }

    private static void makeDirectories(FileTree tree, String path) throws FileException {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            try {
                tree.makeDirectory(null, bytes(path.substring(0, slash)), DIRECTORY_PERMISSIONS);
            } catch (FileException e) {
                if (e.errno() != Errno.EEXIST) {
                    throw e;
                }
            }
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
