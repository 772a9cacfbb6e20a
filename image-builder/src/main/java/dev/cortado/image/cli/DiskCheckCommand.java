package dev.cortado.image.cli;

import dev.cortado.image.disk.Ext4Disk;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cortado disk check}. */
@Command(
        name = "check",
        description = {
            "Looks for damage in the ext4 file system of a disk, which is not changed.",
            "What is found is mended with e2fsck."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0: there is none",
            "1: there is, and each line says what",
            "2: something that you can mend; the message says how"
        })
final class DiskCheckCommand implements Callable<Integer> {
    private static final int DAMAGED = 1;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The disk.")
    private Path file;

    @Option(
            names = "--partition",
            paramLabel = "N",
            description = "Which partition; not needed if there is none, or one.")
    private int partition;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            long findings = Ext4Disk.check(file, partition, out::println);
            out.println(findings == 0 ? file + ": clean" : file + ": damaged, " + findings);
            return findings == 0 ? 0 : DAMAGED;
        } finally {
            out.flush();
        }
    }
}
