package dev.cortado.image.cli;

import dev.cortado.image.disk.DiskCopy;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
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
            "Names of files of a disk are FILE:/PATH. From iso9660 and vfat, but not to them."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DiskCopyCommand implements Callable<Integer> {
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
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            int damaged = DiskCopy.copy(from, to, partition, keepOwners, err::println);
            if (damaged > 0) {
                err.println(
                        damaged
                                + (damaged == 1 ? " file was" : " files were")
                                + " not copied whole; all others were");
            }
            return damaged == 0 ? 0 : 1;
        } finally {
            err.flush();
        }
    }
}
