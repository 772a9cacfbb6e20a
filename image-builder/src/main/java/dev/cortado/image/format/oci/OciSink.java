package dev.cortado.image.format.oci;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.format.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the files of a layout go. */
sealed interface OciSink {
    /** Adds a file; its name has slashes between directories. */
    void add(String name, byte[] contents) throws IOException;

    /** The same for one that is large. */
    void add(String name, ByteSource contents) throws IOException;

    void finish() throws IOException;

    /** An archive, which skopeo calls {@code oci-archive}. */
    record Archive(TarWriter archive) implements OciSink {
        Archive(OutputStream out) {
            this(new TarWriter(out));
        }

        @Override
        public void add(String name, byte[] contents) throws IOException {
            archive.file(name, 0, contents);
        }

        @Override
        public void add(String name, ByteSource contents) throws IOException {
            archive.file(name, 0, contents);
        }

        @Override
        public void finish() throws IOException {
            archive.finish();
        }
    }

    /** A new directory, which skopeo calls {@code oci}. */
    record Directory(Path directory) implements OciSink {
        private static final int BLOCK_BYTES = 1 << 16;

        /**
         * @throws UserError if something is there already
         */
        static Directory create(Path directory) throws IOException {
            if (Files.exists(directory)) {
                throw new UserError(
                        "there is a %s already: name a new directory, or a file that ends in .tar"
                                .formatted(directory));
            }
            return new Directory(Files.createDirectories(directory));
        }

        @Override
        public void add(String name, byte[] contents) throws IOException {
            Files.write(place(name), contents);
        }

        @Override
        public void add(String name, ByteSource contents) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(
                            place(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                new SparseFile(channel).copy(0, contents, BLOCK_BYTES);
            }
        }

        private Path place(String name) throws IOException {
            Path place = directory.resolve(name);
            Files.createDirectories(place.getParent());
            return place;
        }

        @Override
        public void finish() {}
    }
}
