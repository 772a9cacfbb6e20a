package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Server;
import dev.cortado.runtime.file.folder.ServerTransport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder by way of an honest server, which is removed when the tests are over. */
public final class SharedFolder {
    private static final int MESSAGE_BYTES = 1 << 16;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private SharedFolder() {}

    public static FileSystem mount() {
        try {
            return FolderFileSystem.mount(
                    new Ninep(), server(), Patience.USUAL, false, problem -> {});
        } catch (FileException e) {
            throw new AssertionError(e);
        }
    }

    /** Who shares it. */
    public static Server server() {
        try {
            Path parent =
                    Files.isWritable(SHARED_MEMORY)
                            ? SHARED_MEMORY
                            : Path.of(System.getProperty("java.io.tmpdir"));
            Path folder = Files.createTempDirectory(parent, "cortado");
            Path gone = folder.resolveSibling(folder.getFileName() + "-gone");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(gone)));
            FolderServer server =
                    new FolderServer(folder, MESSAGE_BYTES, false, new GoneFiles(gone));
            return () -> new ServerTransport(server::answer, MESSAGE_BYTES);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            // It is a temporary one.
        }
    }
}
