package dev.cortado.runtime.jdk;

/** What a {@link ClassCastException} says, in HotSpot's words. */
final class ClassCastMessage {
    private ClassCastMessage() {}

    static String of(Class<?> actual, Class<?> wanted) {
        String from = actual.getName();
        String to = wanted.getName();
        String fromPlace = place(actual);
        String toPlace = place(wanted);
        String where =
                fromPlace.equals(toPlace)
                        ? from + " and " + to + " are in " + fromPlace
                        : from + " is in " + fromPlace + "; " + to + " is in " + toPlace;
        return "class " + from + " cannot be cast to class " + to + " (" + where + ")";
    }

    /** For a class that is only a name in this image. */
    static String of(Class<?> actual, String wanted) {
        return "class " + actual.getName() + " cannot be cast to class " + wanted;
    }

    private static String place(Class<?> clazz) {
        Class<?> element = clazz;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        Module module = element.getModule();
        ClassLoader loader = element.getClassLoader();
        if (!module.isNamed()) {
            return "unnamed module of loader '" + name(loader, "app") + "'";
        }
        return "module " + module.getName() + " of loader '" + name(loader, "bootstrap") + "'";
    }

    private static String name(ClassLoader loader, String otherwise) {
        return loader == null || loader.getName() == null ? otherwise : loader.getName();
    }
}
