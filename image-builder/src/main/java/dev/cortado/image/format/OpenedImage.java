package dev.cortado.image.format;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.FileSource;
import dev.cortado.image.format.bytes.Siblings;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.format.oci.OciLayout;
import dev.cortado.image.image.ImageFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image, in whatever file it is. */
public final class OpenedImage implements AutoCloseable {
    /** A disk in an archive in a compressed file is three. */
    private static final int MOST_CONTAINERS = 5;

    private static final int COPIED_BYTES = 1 << 16;

    private final Path file;
    private final List<String> containers;
    private final ByteSource bytes;

    private OpenedImage(Path file, List<String> containers, ByteSource bytes) {
        this.file = file;
        this.containers = List.copyOf(containers);
        this.bytes = bytes;
    }

    /**
     * @throws UserError if it cannot be read, or is a container that is damaged
     */
    public static OpenedImage open(Path file) {
        List<String> containers = new ArrayList<>();
        Siblings siblings = Siblings.of(file);
        boolean isLayout = OciLayout.is(file);
        if (isLayout) {
            containers.add(Container.OCI);
        }
        ByteSource bytes = isLayout ? OciLayout.open(file) : FileSource.open(file);
        try {
            Optional<Container> container = Container.of(bytes);
            while (container.isPresent()) {
                if (containers.size() == MOST_CONTAINERS) {
                    throw new UserError(file + " has files in files in files: it is no image");
                }
                containers.add(container.get().word().apply(bytes));
                bytes = container.get().reader().open(bytes, siblings);
                container = Container.of(bytes);
            }
            return new OpenedImage(file, containers, bytes);
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** Formats of what it is in, the outermost first; empty if the file is the image itself. */
    public List<String> containers() {
        return containers;
    }

    /** The image: a disk or an ELF file. */
    public ByteSource bytes() {
        return bytes;
    }

    /**
     * What the image says of itself, checked against its checksums.
     *
     * @throws UserError if it is none of Cortado's, or damaged
     */
    public ImageFile read() {
        if (containers.isEmpty()) {
            return ImageFile.read(file);
        }
        if (bytes.size() > ImageFile.MOST_BYTES) {
            throw new UserError(
                    "%s has a disk of %d bytes in it: it is no image of Cortado's"
                            .formatted(file, bytes.size()));
        }
        try {
            Path copy = Files.createTempFile("cortado-", ".image");
            try (FileChannel channel =
                    FileChannel.open(
                            copy,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE)) {
                new SparseFile(channel).copy(0, bytes, COPIED_BYTES);
                ImageFile image = ImageFile.read(file, channel);
                return Files.isRegularFile(file) ? image.inFileOf(Files.size(file)) : image;
            }
        } catch (IOException e) {
            throw new UserError("cannot unpack %s (%s)".formatted(file, e), e);
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
