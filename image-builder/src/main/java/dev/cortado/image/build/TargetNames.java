package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Targets as people write them. */
public final class TargetNames {
    private TargetNames() {}

    /** All that there are. */
    public static List<String> all() {
        return Arrays.stream(Target.values()).map(Target::word).toList();
    }

    /**
     * The target of that name.
     *
     * @throws UserError if there is none
     */
    public static Target parse(String word) {
        return Target.of(word.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() ->
                        new UserError(
                                "there is no target \"%s\": there are %s"
                                        .formatted(word.strip(), String.join(", ", all()))));
    }
}
