package dev.cortado.image.compile;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes to the compiler besides the class path.
 *
 * @param jvm arguments of the JVM that the compiler runs in
 * @param builder arguments of the compiler, in the builder's own notation
 */
public record BuilderArguments(List<String> jvm, List<String> builder) {
    public BuilderArguments {
        jvm = List.copyOf(jvm);
        builder = List.copyOf(builder);
    }

    /** These arguments and then {@code more}; the compiler heeds the last of those that clash. */
    public BuilderArguments and(BuilderArguments more) {
        return new BuilderArguments(concat(jvm, more.jvm), concat(builder, more.builder));
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
