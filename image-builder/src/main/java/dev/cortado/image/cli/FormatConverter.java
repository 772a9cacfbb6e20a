package dev.cortado.image.cli;

import dev.cortado.image.format.OutputFormat;
import java.util.ArrayList;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code --format}. */
final class FormatConverter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
        return OutputFormat.parse(value);
    }

    /** What there is, for help and completion. */
    static final class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Words() {
            super(OutputFormat.words());
        }
    }
}
