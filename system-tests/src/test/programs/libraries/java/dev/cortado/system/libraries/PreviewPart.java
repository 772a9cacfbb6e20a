package dev.cortado.system.libraries;

import java.util.concurrent.StructuredTaskScope;

/** Language and library as they are to be: what {@code --enable-preview} allows. */
final class PreviewPart {
    private static final StableValue<String> LATER = StableValue.of();

    private PreviewPart() {}

    static void run() throws Exception {
        for (Object each : new Object[] {5, 2, 3L, "text"}) {
            System.out.println(kind(each));
        }
        System.out.println(narrow(200) + " " + narrow(100));
        try (var scope = StructuredTaskScope.open()) {
            var first = scope.fork(() -> 40);
            var second = scope.fork(() -> 2);
            scope.join();
            System.out.println(first.get() + second.get());
        }
        System.out.println(LATER.orElseSet(() -> "set once"));
        System.out.println(LATER.orElseSet(() -> "never"));
    }

    private static String kind(Object value) {
        return switch (value) {
            case int i when i > 3 -> "large " + i;
            case int i -> "small " + i;
            case long l -> "long " + l;
            default -> "other " + value;
        };
    }

    private static String narrow(int value) {
        return value instanceof byte b ? "byte " + b : "int " + value;
    }
}
