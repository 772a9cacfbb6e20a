package dev.cortado.image.cli;

import dev.cortado.image.disk.DiskCopy;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cortado disk cp}. */
@Command(
        name = "cp",
        description = {
            "Copies a file, or a directory with all that is in it, from a disk or to one.",
            "Names of files of a disk are FILE:/PATH."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DiskCopyCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FROM", description = "What to copy.")
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "TO",
            description =
                    "What to copy it to: a new name, or a directory that is there. Of DIRECTORY/."
                            + " and a disk's root, that gets what is in them.")
    private String to;

    @Option(
            names = "--keep-owners",
            description =
                    "Keep the owners and groups of files that are copied to a disk; without, all"
                            + " are root's.")
    private boolean keepOwners;

    @Option(
            names = "--partition",
            paramLabel = "N",
            description = "Which partition; not needed if there is none, or one.")
    private int partition;

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            DiskCopy.copy(from, to, partition, keepOwners, err::println);
        } finally {
            err.flush();
        }
    }
}
