package dev.cortado.image.preflight;

import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.classpath.ClassPathEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the class path before it is compiled and finds what would fail: at once and all together,
 * instead of one after the other, each after a minute's compile.
 */
public final class Preflight {

    /** Everything found, errors first; within those, in the order of the class path. */
    public List<Finding> check(PreflightRequest request) {
        List<Finding> findings = new ArrayList<>();
        Set<MethodName> replaced = replacedMethods(request);
        MainClassCheck mainClass = new MainClassCheck(request.mainClass());
        for (ClassPathElement element : request.classPath().elements()) {
            checkEntry(element, request, replaced, mainClass, findings);
        }
        findings.addAll(mainClass.findings(request.classPath().passedOver()));
        // A stable sort: errors first, otherwise in the order of the class path.
        findings.sort((a, b) -> a.severity().compareTo(b.severity()));
        return List.copyOf(findings);
    }

    private static void checkEntry(
            ClassPathElement element,
            PreflightRequest request,
            Set<MethodName> replaced,
            MainClassCheck mainClass,
            List<Finding> findings) {
        try (ClassPathEntry entry = ClassPathEntry.open(element)) {
            new EntryCheck(entry, replaced, request.ignoreNativeCode(), mainClass, findings)
                    .check();
        } catch (IOException e) {
            findings.add(
                    Finding.error(
                            element.name(),
                            "this entry of the class path is neither a directory nor a sound jar"
                                    + " (%s): build or download it again"
                                            .formatted(e.getMessage())));
        }
    }

    /** The native methods that the guest, or a jar of the program, replaces with Java code. */
    private static Set<MethodName> replacedMethods(PreflightRequest request) {
        List<ClassPathElement> elements = new ArrayList<>();
        request.guest().forEach(jar -> elements.add(ClassPathElement.of(jar)));
        elements.addAll(request.classPath().elements());
        Set<MethodName> replaced = new HashSet<>();
        for (ClassPathElement element : elements) {
            try (ClassPathEntry entry = ClassPathEntry.open(element)) {
                for (String name : entry.names()) {
                    if (name.endsWith(".class")) {
                        Substitutions.collect(entry.read(name), replaced);
                    }
                }
            } catch (IOException e) {
                // An entry that cannot be read replaces nothing; checkEntry reports it.
                continue;
            }
        }
        return replaced;
    }
}
