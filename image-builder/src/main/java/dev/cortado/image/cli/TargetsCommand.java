package dev.cortado.image.cli;

import dev.cortado.image.build.TargetTable;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cortado targets}. */
@Command(
        name = "targets",
        description = "Lists the machines and the formats that images can be built for.",
        mixinStandardHelpOptions = true)
final class TargetsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(TargetTable.render());
        out.flush();
    }
}
