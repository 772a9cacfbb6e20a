package dev.cortado.image.cli;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.build.TargetNames;
import java.util.ArrayList;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code --target}. */
final class TargetConverter implements ITypeConverter<Target> {
    @Override
    public Target convert(String value) {
        return TargetNames.parse(value);
    }

    /** What there is, for help and completion. */
    static final class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Words() {
            super(TargetNames.all());
        }
    }
}
