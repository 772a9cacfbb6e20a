package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.format.OutputFormat;
import java.util.List;
import java.util.Optional;

/**
 * A format that artifacts are to be made into.
 *
 * @param only the target whose artifact is; empty if all are that it fits
 */
public record WantedFormat(OutputFormat format, Optional<Target> only) {
    /** For all artifacts that they fit. */
    public static List<WantedFormat> of(List<OutputFormat> formats) {
        return formats.stream().map(format -> new WantedFormat(format, Optional.empty())).toList();
    }

    /** Whether a target's artifact is to be made into it. */
    boolean isFor(Target target) {
        return only.isEmpty() ? format.fits(target) : only.get() == target;
    }
}
