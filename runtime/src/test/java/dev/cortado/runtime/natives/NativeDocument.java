package dev.cortado.runtime.natives;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of natives for people. */
final class NativeDocument {
    private static final String INTRODUCTION =
            """
            # Native methods of the JDK in a guest

            All native methods of the JDK 25 (Linux, x86-64), module by module, and what stands for each of them in
            an image. Generated from `natives.txt`, beside the class `NativeTable`; to change it, change that file and run

            ```
            mvn test -pl runtime -Dtest=NativeTableTest -Dsurefire.failIfNoSpecifiedTests=false -Dcortado.natives.write=true
            ```

            A method that is refused throws an `UnsupportedOperationException` with the reason; those that declare
            an `IOException` or a `SocketException` throw that. Not in the table: `java.desktop` (there is
            no screen), `jdk.hotspot.agent` and `jdk.internal.vm.ci` (which are parts of HotSpot).
            """;

    private NativeDocument() {}

    static String render(Collection<NativeMethod> methods) {
        StringBuilder out = new StringBuilder(INTRODUCTION);
        methods.stream()
                .collect(
                        Collectors.groupingBy(
                                NativeMethod::module, LinkedHashMap::new, Collectors.toList()))
                .forEach((module, own) -> module(out, module, own));
        return out.toString();
    }

    private static void module(StringBuilder out, String module, List<NativeMethod> methods) {
        out.append("\n## ").append(module).append("\n\n").append(summary(methods)).append(".\n\n");
        out.append("| class | native methods | in a guest | why |\n|---|---|---|---|\n");
        Map<String, List<NativeMethod>> rows =
                methods.stream()
                        .collect(
                                Collectors.groupingBy(
                                        each ->
                                                "| `%s` | %%s | %s | %s |\n"
                                                        .formatted(
                                                                each.className(),
                                                                each.replacement().title(),
                                                                each.reason()),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        rows.forEach((row, own) -> out.append(row.replace("%s", names(own))));
    }

    private static String names(List<NativeMethod> methods) {
        return methods.stream().map(NativeMethod::name).collect(Collectors.joining(", ", "`", "`"));
    }

    private static String summary(List<NativeMethod> methods) {
        Map<String, Long> counts =
                methods.stream()
                        .collect(
                                Collectors.groupingBy(
                                        each -> each.replacement().title(),
                                        LinkedHashMap::new,
                                        Collectors.counting()));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
