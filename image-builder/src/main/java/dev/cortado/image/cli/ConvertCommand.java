package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.format.Conversion;
import dev.cortado.image.format.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cortado convert}. */
@Command(
        name = "convert",
        description = "Makes a file for another hypervisor of an image that is there.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  cortado convert app-xen-hvm.img app.vmdk",
            "  cortado convert app.vmdk app.qcow2",
            "  cortado convert --format vhd-fixed app-xen-hvm.img app.vhd"
        })
final class ConvertCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "IMAGE",
            description = "An image, or a file of any format with one in it.")
    private Path image;

    @Parameters(
            index = "1",
            paramLabel = "OUTPUT",
            description = "The file to write; it is replaced if it is there.")
    private Path output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = FormatConverter.Words.class,
            converter = FormatConverter.class,
            description =
                    "What to make: ${COMPLETION-CANDIDATES} (cortado targets tells of each)."
                            + " Default: what the end of the output's name says.")
    private OutputFormat format;

    @Override
    public void run() {
        OutputFormat wanted = format == null ? named() : format;
        Conversion.convert(image, wanted, output);
        PrintWriter out = spec.commandLine().getOut();
        for (Path file : Conversion.outputs(wanted, output)) {
            out.printf("%s: %.1f MB%n", file, megabytes(file));
        }
        out.flush();
    }

    private OutputFormat named() {
        return OutputFormat.named(output)
                .orElseThrow(() ->
                        new UserError(
                                "the name %s does not say what to make: add --format with one of %s"
                                        .formatted(
                                                output, String.join(", ", OutputFormat.words()))));
    }

    private static double megabytes(Path file) {
        try {
            return Files.size(file) / 1e6;
        } catch (IOException e) {
            throw new UserError("%s was removed while it was written".formatted(file), e);
        }
    }
}
