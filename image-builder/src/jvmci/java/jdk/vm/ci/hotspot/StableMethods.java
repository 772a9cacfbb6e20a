package jdk.vm.ci.hotspot;

import java.util.Arrays;
import java.util.Comparator;
import jdk.vm.ci.meta.ResolvedJavaMethod;

/**
 * Lets order and hash codes of what the compiler sees of classes depend on names. Of themselves, a
 * method's hash code is its address, and a hidden class's that of its name, which ends with one.
 *
 * <p>Belongs into {@code jdk.internal.vm.ci}.
 */
final class StableMethods {
    /** What comes before an address in a hidden class's name. */
    private static final String ADDRESS = "0x";

    private StableMethods() {}

    /** The same array, by names and descriptors. */
    static ResolvedJavaMethod[] sorted(ResolvedJavaMethod[] methods) {
        Arrays.sort(methods, new ByName());
        return methods;
    }

    /** In place of {@code HotSpotResolvedJavaMethodImpl.hashCode}. */
    static int hashCodeOf(HotSpotResolvedJavaMethodImpl method) {
        int named = method.getName().hashCode() * 31 + method.getDeclaringClass().hashCode();
        return named * 31 + method.getSignature().hashCode();
    }

    /** In place of {@code HotSpotResolvedJavaType.hashCode}. */
    static int hashCodeOf(HotSpotResolvedJavaType type) {
        String name = type.getName();
        int address = name.indexOf(ADDRESS);
        return (address < 0 ? name : name.substring(0, address)).hashCode();
    }

    private static final class ByName implements Comparator<ResolvedJavaMethod> {
        @Override
        public int compare(ResolvedJavaMethod first, ResolvedJavaMethod second) {
            return key(first).compareTo(key(second));
        }

        private static String key(ResolvedJavaMethod method) {
            return method.getName().concat(method.getSignature().toMethodDescriptor());
        }
    }
}
