package java.lang;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Sorts a class's methods for the compiler's JVM, which lists them by the addresses of their names.
 * No lambda and no {@code +} of strings: this runs very early.
 *
 * <p>Belongs into {@code java.base}.
 */
public final class StableMethods {
    private StableMethods() {}

    /** The same array, by names, parameter types and return types. */
    public static Method[] sorted(Method[] methods) {
        Arrays.sort(methods, new ByName());
        return methods;
    }

    private static final class ByName implements Comparator<Method> {
        @Override
        public int compare(Method first, Method second) {
            return key(first).compareTo(key(second));
        }

        private static String key(Method method) {
            return method.getName()
                    .concat(Arrays.toString(method.getParameterTypes()))
                    .concat(method.getReturnType().getName());
        }
    }
}
