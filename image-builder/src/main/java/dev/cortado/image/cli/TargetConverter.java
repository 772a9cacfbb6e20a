package dev.cortado.image.cli;

import dev.cortado.image.build.TargetChoice;
import java.util.ArrayList;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code --target}. */
final class TargetConverter implements ITypeConverter<TargetChoice> {
    @Override
    public TargetChoice convert(String value) {
        return TargetChoice.parse(value);
    }

    /** What there is, for help and completion. */
    static final class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Words() {
            super(TargetChoice.words());
        }
    }
}
