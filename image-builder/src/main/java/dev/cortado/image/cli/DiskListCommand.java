package dev.cortado.image.cli;

import dev.cortado.image.disk.DiskListing;
import dev.cortado.image.disk.DiskPath;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cortado disk ls}. */
@Command(
        name = "ls",
        description = "Lists files of a disk, be it ext4, iso9660 or vfat; it is not changed.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DiskListCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE[:/PATH]",
            description = "The disk, and a file or directory of it.")
    private String path;

    @Option(names = "-l", description = "Permissions, links, owner, group, size and time as well.")
    private boolean details;

    @Option(names = "-R", description = "Directories in directories, too.")
    private boolean deep;

    @Option(
            names = "--partition",
            paramLabel = "N",
            description = "Which partition; not needed if there is none, or one.")
    private int partition;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            DiskListing.list(
                    DiskPath.parse(path), partition, details, deep, out::println, err::println);
        } finally {
            out.flush();
            err.flush();
        }
    }
}
