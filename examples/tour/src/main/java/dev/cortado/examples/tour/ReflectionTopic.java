package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Reflection on classes that only the metadata in META-INF/native-image names. The class names are
 * put together at run time, so that no compiler can see through them.
 */
final class ReflectionTopic implements Topic {
    @Override
    public String title() {
        return "Reflection";
    }

    @Override
    public void show(PrintStream out) throws ReflectiveOperationException {
        String packageName = ReflectionTopic.class.getPackageName();
        Class<?> type = Class.forName(String.join(".", packageName, "CoffeeMachine"));
        Object machine = type.getConstructor(String.class).newInstance("Faema");
        Method brew = type.getMethod("brew", int.class);
        out.println("brewed: " + brew.invoke(machine, 2) + ", then " + brew.invoke(machine, 3));

        Field cups = type.getDeclaredField("cups");
        cups.setAccessible(true);
        cups.setInt(machine, 40);
        out.println("set: " + machine);
        try {
            brew.invoke(machine, "two");
        } catch (IllegalArgumentException e) {
            out.println("refused: " + e.getClass().getSimpleName());
        }

        Class<?> setting = Class.forName(String.join(".", packageName, "CoffeeMachine$Setting"));
        Object hot = setting.getDeclaredConstructors()[0].newInstance("hot", 93);
        for (RecordComponent component : setting.getRecordComponents()) {
            out.println(component.getName() + " = " + component.getAccessor().invoke(hot));
        }
        out.println(
                "methods: "
                        + Arrays.stream(type.getDeclaredMethods())
                                .map(Method::getName)
                                .sorted(Comparator.naturalOrder())
                                .toList());
        showFailures(out, packageName);
        showProxy(out);
    }

    private static void showFailures(PrintStream out, String packageName)
            throws ReflectiveOperationException {
        try {
            Class.forName(packageName + ".NoSuchMachine");
        } catch (ClassNotFoundException e) {
            out.println("no class " + e.getMessage());
        }
        Class<?> setting = Class.forName(packageName + ".CoffeeMachine");
        try {
            setting.getConstructor(String.class).newInstance((Object[]) null);
        } catch (IllegalArgumentException e) {
            out.println("needs arguments");
        } catch (InvocationTargetException e) {
            out.println("threw " + e.getCause());
        }
    }

    private static void showProxy(PrintStream out) {
        Barista barista =
                (Barista)
                        Proxy.newProxyInstance(
                                ReflectionTopic.class.getClassLoader(),
                                new Class<?>[] {Barista.class},
                                (_, method, arguments) ->
                                        method.getName() + (arguments == null ? "" : arguments[0]));
        out.println("proxy: " + barista.name() + " " + barista.serve("d"));
    }
}
