package dev.cortado.image.format;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.format.qcow2.Qcow2Writer;
import dev.cortado.image.format.vhd.VhdWriter;
import dev.cortado.image.format.vhdx.VhdxWriter;
import dev.cortado.image.format.vmdk.MonolithicSparseWriter;
import dev.cortado.image.format.vmdk.StreamOptimizedWriter;
import dev.cortado.image.image.AtomicFile;
import dev.cortado.image.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes of an image a file that some hypervisor's programs import. The same gives the same. */
public final class Conversion {
    private static final int BLOCK_BYTES = 1 << 16;

    private Conversion() {}

    /**
     * @param image an image, or a file of any format that one is in
     * @param output replaced if it is there
     * @throws UserError if the image cannot be read or does not fit, or the file not be written
     */
    public static void convert(Path image, OutputFormat format, Path output) {
        if (isSame(image, output)) {
            throw new UserError("%s would be written over itself: name another".formatted(image));
        }
        try (OpenedImage opened = OpenedImage.open(image)) {
            ImageFile read = opened.read();
            format.require(read);
            write(opened.bytes(), format, output);
        }
    }

    /** The files that {@link #convert} writes: the output, and what it needs beside it. */
    public static List<Path> outputs(OutputFormat format, Path output) {
        return List.of(output);
    }

    private static boolean isSame(Path image, Path output) {
        try {
            return Files.exists(output) && Files.isSameFile(image, output);
        } catch (IOException e) {
            // Whatever cannot be looked at is not there to be read, which is said later.
            return false;
        }
    }

    private static void write(ByteSource disk, OutputFormat format, Path output) {
        switch (format) {
            case RAW -> writeRaw(disk, output);
            case QCOW2 -> Qcow2Writer.write(disk, output);
            case VMDK -> MonolithicSparseWriter.write(disk, output);
            case VMDK_STREAM -> StreamOptimizedWriter.write(disk, output);
            case VHD -> VhdWriter.writeDynamic(disk, output);
            case VHD_FIXED -> VhdWriter.writeFixed(disk, output);
            case VHDX -> VhdxWriter.write(disk, output);
        }
    }

    private static void writeRaw(ByteSource disk, Path output) {
        AtomicFile.write(output, channel -> new SparseFile(channel).copy(0, disk, BLOCK_BYTES));
    }
}
