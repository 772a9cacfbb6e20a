package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.inspect.HtmlReport;
import dev.cortado.image.inspect.Inspection;
import dev.cortado.image.inspect.Inspector;
import dev.cortado.image.inspect.JsonReport;
import dev.cortado.image.inspect.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cortado inspect}. */
@Command(
        name = "inspect",
        description =
                "Shows what an image consists of: segments, manifest, drivers, and what takes how"
                        + " much room.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  cortado inspect app",
            "  cortado inspect --json app | jq .manifest.drivers",
            "  cortado inspect --html app.html app",
            "  cortado inspect app-xen-hvm.vmdk"
        })
final class InspectCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "IMAGE",
            description =
                    "The image to look into, or a file of another format that one is in (see"
                            + " cortado targets).")
    private Path image;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with a map of the image's contents, to look at.")
    private Path html;

    @Override
    public void run() {
        Inspection inspection = new Inspector().inspect(image);
        if (html != null) {
            write(html, new HtmlReport().render(inspection));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonReport().render(inspection));
        } else if (html == null) {
            out.print(new TextReport().render(inspection));
        }
        out.flush();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UserError(
                    "cannot write %s (%s): choose another file with --html".formatted(file, e), e);
        }
    }
}
