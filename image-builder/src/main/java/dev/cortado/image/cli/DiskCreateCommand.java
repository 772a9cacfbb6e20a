package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.disk.DiskFormat;
import dev.cortado.image.disk.DiskSize;
import dev.cortado.image.disk.EmptyDisk;
import dev.cortado.image.disk.Ext4Disk;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cortado disk create}. */
@Command(
        name = "create",
        description = {
            "Makes a file that is a disk with an ext4 file system.",
            "It takes as much room as what is in it."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DiskCreateCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to make.")
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "How large the disk is, such as 512M or 10G.")
    private Long size;

    @Option(
            names = "--label",
            paramLabel = "NAME",
            description = "The file system's name, for --mount /data=label=NAME; up to 16 bytes.")
    private String label;

    @Option(
            names = "--from",
            paramLabel = "DIRECTORY",
            description =
                    "Copy what is in a directory: files with permissions, times, and links of both"
                            + " kinds.")
    private Path from;

    @Option(
            names = "--keep-owners",
            description = "Keep the owners and groups of files; without, all are root's.")
    private boolean keepOwners;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "How the file keeps the disk: ${COMPLETION-CANDIDATES}. Default:"
                            + " ${DEFAULT-VALUE}. A disk in QEMU's format stays blank: mount it with"
                            + " format-if-blank.")
    private DiskFormat format = DiskFormat.RAW;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Override
    public void run() {
        if (format == DiskFormat.RAW) {
            String name = label == null ? "" : label;
            Ext4Disk.create(file, size, name, from, force, keepOwners, this::warn);
            return;
        }
        if (label != null || from != null || keepOwners) {
            throw new UserError(
                    "%s: only a raw disk can be given a file system: make one, and convert it with qemu-img convert -O qcow2"
                            .formatted(file));
        }
        if (force) {
            EmptyDisk.replace(file, format, size);
        } else {
            EmptyDisk.create(file, format, size);
        }
    }

    private void warn(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }

    /** Reads the size. */
    static final class SizeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            return DiskSize.parse(value);
        }
    }
}
