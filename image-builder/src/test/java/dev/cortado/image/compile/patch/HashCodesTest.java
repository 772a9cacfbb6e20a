package dev.cortado.image.compile.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashCodesTest extends PatchedJvm {
    /** Prints hash codes of methods and of a hidden class, as the compiler sees them. */
    private static final String COMPILERS =
            """
            import jdk.vm.ci.meta.MetaAccessProvider;
            import jdk.vm.ci.runtime.JVMCI;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    MetaAccessProvider access =
                        JVMCI.getRuntime().getHostJVMCIBackend().getMetaAccess();
                    Runnable hidden = () -> {};
                    System.out.println(access.lookupJavaType(hidden.getClass()).hashCode());
                    System.out.println(access.lookupJavaType(int[].class).hashCode());
                    for (var method : Object.class.getMethods()) {
                        System.out.println(
                            method.getName() + access.lookupJavaMethod(method).hashCode());
                    }
                }
            }
            """;

    /** Lets things happen that are chance in a compiler, and prints the order of a hash map. */
    private static final String ORDER =
            """
            import java.util.HashSet;
            import java.util.Set;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                        System.identityHashCode(new byte[0]);
                    }
                    Thread other = new Thread(() -> new HashSet<>().add(new int[0]));
                    other.start();
                    other.join();
                    HashSet<Object> set = new HashSet<>(Set.of(Thread.class, Runnable[].class));
                    for (int i = 0; i < 50; i++) {
                        set.add(new Object());
                        int number = i;
                        set.add((Runnable) () -> System.exit(number));
                    }
                    set.add((Runnable) () -> System.exit(0));
                    set.add((Runnable) () -> System.exit(1));
                    for (Object element : set) {
                        String name = element.getClass().getName();
                        System.out.println(element.hashCode() + name.split("/")[0]);
                    }
                }
            }
            """;

    /** Checks what a hash code promises. */
    private static final String CONTRACT =
            """
            import java.util.Objects;
            import java.util.concurrent.ConcurrentHashMap;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    Object first = new Object();
                    System.out.println(Objects.hashCode(first) == first.hashCode());
                    System.out.println(System.identityHashCode(first) == first.hashCode());
                    Object second = new Object();
                    System.out.println(System.identityHashCode(second) == second.hashCode());
                    System.out.println(first.hashCode() != second.hashCode());
                    System.out.println(Objects.hashCode(1) == 1);
                    System.out.println(System.identityHashCode(null) == 0);
                    System.out.println("\\u03b1\\u03b1".hashCode() == 32 * 0x3b1);

                    Object asked = new Object();
                    int before = asked.hashCode();
                    System.out.println(Objects.hashCode(asked) == before);
                    System.out.println(System.identityHashCode(asked) == before);

                    Object waited = new Object();
                    synchronized (waited) {
                        waited.wait(1);
                        before = Objects.hashCode(waited);
                        System.out.println(System.identityHashCode(waited) == before);
                    }
                    System.out.println(Objects.hashCode(waited) == before);
                    Object held = new Object();
                    synchronized (held) {
                        before = Objects.hashCode(held);
                        held.wait(1);
                        System.out.println(Objects.hashCode(held) == before);
                    }

                    try {
                        new ConcurrentHashMap<>().get(null);
                    } catch (NullPointerException e) {
                        System.out.println(true);
                    }
                }
            }
            """;

    /** So many keys with one hash code, as overloaded methods are, and then the next key's own. */
    private static final String EQUAL_KEYS =
            """
            import java.util.HashMap;
            import java.util.Map;
            import java.util.concurrent.ConcurrentHashMap;

            class Program {
                public int hashCode() {
                    return 5;
                }

                public static void main(String[] arguments) throws Exception {
                    for (var map : new Map<?, ?>[] {new HashMap<>(), new ConcurrentHashMap<>()}) {
                        @SuppressWarnings("unchecked")
                        Map<Object, Object> numbers = (Map<Object, Object>) map;
                        Program[] keys = new Program[Integer.parseInt(arguments[0])];
                        for (int i = 0; i < keys.length; i++) {
                            keys[i] = new Program();
                            numbers.put(keys[i], i);
                        }
                        for (int i = 0; i < keys.length; i++) {
                            if (!numbers.get(keys[i]).equals(i)) {
                                System.out.println("lost: " + i);
                            }
                        }
                        System.out.println(System.identityHashCode(new Program()));
                    }
                }
            }
            """;

    /**
     * Hash codes of members of an ordinary class and of hidden ones, whose names have addresses.
     */
    private static final String MEMBERS =
            """
            class Program {
                int number;

                public static void main(String[] arguments) throws Exception {
                    Runnable hidden = () -> System.exit(arguments.length);
                    show(Program.class);
                    show(hidden.getClass());
                }

                static void show(Class<?> type) {
                    System.out.println(type.getDeclaredMethods()[0].hashCode());
                    System.out.println(type.getDeclaredFields()[0].hashCode());
                    System.out.println(type.getDeclaredConstructors()[0].hashCode());
                }
            }
            """;

    @Test
    void membersOfHiddenClassesHaveTheSameInEachRun() throws Exception {
        List<String> first = patched(MEMBERS);
        assertEquals(6, first.size());
        assertEquals(first, patched(MEMBERS));
        List<String> stock = stock(MEMBERS);
        assertEquals(stock.subList(1, 3), first.subList(1, 3), "those of others stay");
        assertNotEquals(stock.subList(3, 6), first.subList(3, 6));
    }

    @Test
    void keysOfATreeUseNoneUp() throws Exception {
        List<String> few = patched(EQUAL_KEYS, "0");
        assertEquals(2, few.size());
        assertEquals(few, patched(EQUAL_KEYS, "1000"));
    }

    @Test
    void whatTheCompilerSeesHasTheSameInEachRun() throws Exception {
        List<String> first = patched(COMPILERS);
        assertEquals(first, patched(COMPILERS));
        assertEquals(Integer.toString("[I".hashCode()), first.get(1));
        assertNotEquals(first, stock(COMPILERS), "of themselves they are addresses");
    }

    @Test
    void neitherOtherThreadsNorOtherObjectsMatter() throws Exception {
        List<String> first = patched(ORDER, "0");
        assertEquals(104, first.size());
        assertEquals(first, patched(ORDER, "7"));
        assertEquals(104, first.stream().distinct().count(), "few objects have the same");
        assertNotEquals(stock(ORDER, "0"), stock(ORDER, "7"));
    }

    @Test
    void anObjectKeepsItsHashCode() throws Exception {
        List<String> lines = patched(CONTRACT);
        assertEquals(13, lines.size());
        assertEquals(List.of("true"), lines.stream().distinct().toList());
    }
}
