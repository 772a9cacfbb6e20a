package dev.cortado.runtime.jdk;

import dev.cortado.runtime.configuration.ConfiguredFile;
import dev.cortado.runtime.configuration.Sourced;
import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountSpec;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.file.tree.MissingDirectories;
import dev.cortado.runtime.file.tree.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the sources of configuration say of files and mounts. Where nothing else is mounted, files
 * are in memory, as the root is.
 */
final class ConfiguredFiles {
    private final boolean isStrict;

    private List<MountSpec> mounts = List.of();
    private List<Sourced<ConfiguredFile>> files = List.of();

    /**
     * @param isStrict whether a file that cannot be written ends the program's start
     */
    ConfiguredFiles(boolean isStrict) {
        this.isStrict = isStrict;
    }

    /** Before anything is mounted. */
    void set(Sourced<List<MountSpec>> wanted, List<Sourced<ConfiguredFile>> all) {
        mounts = wanted.value();
        files = List.copyOf(all);
    }

    List<Sourced<ConfiguredFile>> files() {
        return files;
    }

    /**
     * What is to be mounted.
     *
     * @param commandLine what the command line wants; null if it says nothing
     * @param built what the image was built with
     */
    List<MountSpec> mounts(List<MountSpec> commandLine, List<MountSpec> built) {
        List<MountSpec> chosen = mounts.isEmpty() ? built : mounts;
        return commandLine == null ? chosen : commandLine;
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
        MissingDirectories.makeAbove(tree, file.path());
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

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
