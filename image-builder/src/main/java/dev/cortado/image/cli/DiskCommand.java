package dev.cortado.image.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cortado disk}. */
@Command(
        name = "disk",
        description = "Makes disks for guests, and looks into them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DiskCreateCommand.class,
            DiskListCommand.class,
            DiskCopyCommand.class,
            DiskCheckCommand.class
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  cortado disk create data.img 1G",
            "  cortado disk create site.img 64M --label site --from public",
            "  cortado disk ls -l data.img:/logs",
            "  cortado disk cp data.img:/logs/today.txt .",
            "  cortado disk cp settings.json data.img:/",
            "  cortado disk check data.img"
        })
final class DiskCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: create, ls, cp or check");
    }
}
