package java.lang;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Lets order and hash codes of methods in the compiler's JVM depend on names. Of itself it lists a
 * class's methods by the addresses of their names; and the hash codes of a hidden class's members
 * are those of its name, which ends with an address. No lambda and no {@code +} of strings: this
 * runs very early.
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

    /** In place of {@code Method.hashCode}. */
    public static int hashCodeOf(Method method) {
        return ofHolder(method) ^ method.getName().hashCode();
    }

    /** In place of {@code Field.hashCode}. */
    public static int hashCodeOf(Field field) {
        return ofHolder(field) ^ field.getName().hashCode();
    }

    /** In place of {@code Constructor.hashCode}. */
    public static int hashCodeOf(Constructor<?> constructor) {
        return ofHolder(constructor);
    }

    private static int ofHolder(Member member) {
        Class<?> holder = member.getDeclaringClass();
        return holder.isHidden() ? StableIdentity.hash(holder) : holder.getName().hashCode();
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
