package dev.cortado.image.names;

import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.classpath.ClassPathEntry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the code of a program names. What it makes out of data, such as the languages of a request,
 * is not among them.
 *
 * @param locales tags of locales (BCP 47), besides those that every image has
 * @param charsets names of charsets, besides those that every image has
 * @param classes names of what may be classes of the JDK, by the class that names them
 * @param startTimes static fields that are set to {@link System#nanoTime} when their class is
 *     initialised, as class and field with a colon between them
 * @param enumReaders classes that look up the method {@code values} of a class, which is any enum
 * @param homeReaders classes that name the property {@code java.home}, alone or among other text
 */
public record NamesInCode(
        SortedSet<String> locales,
        SortedSet<String> charsets,
        SortedMap<String, SortedSet<String>> classes,
        SortedSet<String> startTimes,
        SortedSet<String> enumReaders,
        SortedSet<String> homeReaders) {
    private static final String JAVA_HOME = "java.home";
    private static final String CLASS = "java/lang/Class";

    /**
     * Looks through the classes of a class path; one that is malformed names nothing, nor does one
     * whose name another one before it has.
     *
     * @throws IOException if an element cannot be read
     */
    public static NamesInCode of(List<ClassPathElement> classPath) throws IOException {
        NamesInCode names =
                new NamesInCode(
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeMap<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>());
        Set<String> seen = new HashSet<>();
        for (ClassPathElement element : classPath) {
            try (ClassPathEntry entry = ClassPathEntry.open(element)) {
                for (String name : entry.names()) {
                    if (name.endsWith(".class") && seen.add(name)) {
                        names.look(entry.read(name));
                    }
                }
            }
        }
        return names;
    }

    private void look(byte[] classFile) {
        try {
            ConstantPool constants = new ConstantPool(classFile);
            for (String string : constants.strings()) {
                if (string.contains(JAVA_HOME)) {
                    homeReaders.add(constants.className());
                }
                CharsetNames.find(string).ifPresent(charsets::add);
                if (JdkClassNames.isOne(string)) {
                    classes.computeIfAbsent(constants.className(), user -> new TreeSet<>())
                            .add(string);
                }
            }
            if (constants.hasClass(LocaleUse.LOCALE)) {
                LocaleUse.in(classFile, locales);
            }
            if (constants.hasMethod(StartTimes.OWNER, StartTimes.NAME)) {
                StartTimes.in(classFile, startTimes);
            }
            boolean looksUp =
                    constants.hasMethod(CLASS, "getMethod")
                            || constants.hasMethod(CLASS, "getDeclaredMethod");
            if (looksUp && constants.strings().contains("values")) {
                enumReaders.add(constants.className());
            }
        } catch (RuntimeException e) {
            // ASM throws whatever comes up in a malformed class; preflight reports those.
            return;
        }
    }
}
