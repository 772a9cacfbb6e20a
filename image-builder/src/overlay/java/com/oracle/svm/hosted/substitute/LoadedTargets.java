package com.oracle.svm.hosted.substitute;

import com.oracle.svm.core.annotate.TargetClass;
import java.util.ArrayList;
import java.util.List;

/**
 * Substitutions that libraries bring along for native-image, without those of classes that are not
 * there, such as a compiler's classes that had other names in the release that the library knows.
 * Nothing can use such a class, so there is nothing to substitute; for the compiler by itself it
 * would be an error.
 */
public final class LoadedTargets {
    /** Without one of their targets, a guest would lack something. */
    private static final List<String> OURS =
            List.of("dev.cortado.runtime.", "dev.cortado.kernel.", "dev.cortado.drivers.");

    private LoadedTargets() {}

    /** Those of some annotated classes whose targets are there, in a list that can be sorted. */
    public static List<Class<?>> of(List<Class<?>> annotated) {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : annotated) {
            String missing = isOurs(type) ? null : missingTarget(type);
            if (missing == null) {
                loaded.add(type);
            } else {
                // On a line of its own: that of the builder's step has begun, and goes on later.
                System.out.println(
                        "\nWarning: "
                                + type.getName()
                                + " is passed over: "
                                + missing
                                + ", which it changes for native-image, is not there");
            }
        }
        return loaded;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getModule().isNamed() || OURS.stream().anyMatch(type.getName()::startsWith);
    }

    /**
     * The name of the class that is missing, or null. Names that are computed, and what the library
     * itself makes depend on something, are left to the compiler.
     */
    private static String missingTarget(Class<?> type) {
        TargetClass target = type.getAnnotation(TargetClass.class);
        if (target.className().isEmpty()
                || !List.of(target.onlyWith()).equals(List.of(TargetClass.AlwaysIncluded.class))) {
            return null;
        }
        String name = target.className();
        for (String inner : target.innerClass()) {
            name += "$" + inner;
        }
        try {
            Class.forName(name, false, type.getClassLoader());
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            return name;
        }
    }
}
