package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.format.OutputFormat;
import dev.cortado.image.inspect.TextTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Targets, formats and products as tables for people. */
public final class TargetTable {
    private static final int MARGIN = 2;
    private static final Path EXAMPLE = Path.of("app");

    private TargetTable() {}

    /** Lines: the targets, the formats with those targets that they fit, and the products. */
    public static String render() {
        TextTable targets =
                new TextTable("lllll", "TARGET", "ARTIFACT", "MACHINE", "DRIVERS", "SEEN ON");
        for (Target target : Target.values()) {
            TargetFacts facts = TargetFacts.of(target);
            Path artifact = Artifact.named(EXAMPLE, target).image();
            targets.row(
                    target.word(),
                    artifact.toString(),
                    facts.machine(),
                    facts.drivers(),
                    facts.proven());
        }
        TextTable formats = new TextTable("llll", "FORMAT", "FILE", "WHAT IT IS", "OF TARGETS");
        for (OutputFormat format : OutputFormat.values()) {
            formats.row(
                    format.word(),
                    format.beside(EXAMPLE).toString(),
                    format.description(),
                    fitting(format));
        }
        TextTable products = new TextTable("llll", "PRODUCT", "FOR", "TARGET", "FORMAT");
        for (Product product : Product.values()) {
            products.row(
                    product.word(),
                    product.description(),
                    product.target().word(),
                    product.format().word());
        }
        return (targets + "\n" + formats + "\n" + products).indent(-MARGIN);
    }

    private static String fitting(OutputFormat format) {
        return Arrays.stream(Target.values())
                .filter(format::fits)
                .map(Target::word)
                .collect(Collectors.joining(", "));
    }
}
