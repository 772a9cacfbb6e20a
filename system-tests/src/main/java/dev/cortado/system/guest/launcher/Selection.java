package dev.cortado.system.guest.launcher;

import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Which tests to run.
 *
 * @param words each a class ({@code MonitorTest}, with or without its package) or one of its
 *     methods ({@code MonitorTest#timesOut}); none means all
 */
record Selection(List<String> words) implements PostDiscoveryFilter {
    Selection {
        words = List.copyOf(words);
    }

    @Override
    public FilterResult apply(TestDescriptor test) {
        TestSource source = test.getSource().orElse(null);
        // Containers stay as long as a test of theirs does.
        return FilterResult.includedIf(
                !(source instanceof MethodSource method)
                        || includes(method.getClassName(), method.getMethodName()));
    }

    boolean includes(String className, String method) {
        return words.isEmpty() || words.stream().anyMatch(word -> matches(word, className, method));
    }

    private static boolean matches(String word, String className, String method) {
        int end = word.indexOf('#');
        String type = end < 0 ? word : word.substring(0, end);
        boolean sameClass =
                className.equals(type)
                        || className.endsWith("." + type)
                        || className.startsWith(type + "$")
                        || className.contains("." + type + "$");
        return sameClass && (end < 0 || word.substring(end + 1).equals(method));
    }
}
