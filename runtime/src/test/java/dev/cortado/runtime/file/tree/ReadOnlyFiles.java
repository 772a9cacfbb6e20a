package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A file system that does what the interface has all do that cannot be changed. */
final class ReadOnlyFiles {
    private ReadOnlyFiles() {}

    /** What another one contains. */
    static FileSystem of(FileSystem files) {
        return (FileSystem)
                Proxy.newProxyInstance(
                        FileSystem.class.getClassLoader(),
                        new Class<?>[] {FileSystem.class},
                        (proxy, method, arguments) -> call(files, proxy, method, arguments));
    }

    /** One in which each name is that of a file of a kind; all else is another one's. */
    static FileSystem finding(FileSystem files, FileKind kind) {
        record Found(long number, FileKind kind) implements Inode {}
        return (FileSystem)
                Proxy.newProxyInstance(
                        FileSystem.class.getClassLoader(),
                        new Class<?>[] {FileSystem.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("lookup")
                                        ? new Found(2, kind)
                                        : method.invoke(files, arguments));
    }

    private static Object call(FileSystem files, Object proxy, Method method, Object[] arguments)
            throws Throwable {
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        if (method.getName().equals("isReadOnly")) {
            return true;
        }
        try {
            return method.invoke(files, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
