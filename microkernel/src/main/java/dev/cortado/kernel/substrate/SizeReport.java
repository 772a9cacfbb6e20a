package dev.cortado.kernel.substrate;

import com.oracle.svm.core.code.CodeInfoTable;
import com.oracle.svm.core.config.ObjectLayout;
import com.oracle.svm.core.reflect.RuntimeMetadataDecoder;
import com.oracle.svm.hosted.FeatureImpl.BeforeImageWriteAccessImpl;
import com.oracle.svm.hosted.image.AbstractImage;
import com.oracle.svm.hosted.image.NativeImageHeap.ObjectInfo;
import com.oracle.svm.hosted.meta.HostedMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.graal.compiler.code.CompilationResult;
import jdk.vm.ci.meta.JavaKind;
import org.graalvm.collections.Pair;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Tells the image builder how much code and image heap each class takes: {@code sizes.json} in the
 * report directory, {@code {"code":{"class":bytes},"heap":{"class":{"count":n,"bytes":n}}}}, keys
 * in order.
 *
 * <p>Code belongs to the class that declares the method, whatever was inlined into it. Heap objects
 * belong to their own class; byte arrays, which are a large part of every heap, are told apart by
 * what they hold as far as that is known.
 */
public final class SizeReport implements Feature {
    /** Where the builder wants reports; not set when nobody does. */
    private static final String DIRECTORY_PROPERTY = "cortado.report.directory";

    private static final String BYTE_ARRAY = "byte[]";

    private record Size(long count, long bytes) {
        Size plus(long moreCount, long moreBytes) {
            return new Size(count + moreCount, bytes + moreBytes);
        }
    }

    @Override
    public String getDescription() {
        return "Reports the code and heap size of each class";
    }

    @Override
    public void beforeImageWrite(BeforeImageWriteAccess access) {
        String directory = System.getProperty(DIRECTORY_PROPERTY);
        if (directory == null) {
            return;
        }
        AbstractImage image = ((BeforeImageWriteAccessImpl) access).getImage();
        try {
            Files.writeString(Path.of(directory, "sizes.json"), json(code(image), heap(image)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> code(AbstractImage image) {
        Map<String, Long> sizes = new TreeMap<>();
        for (Pair<HostedMethod, CompilationResult> each :
                image.getCodeCache().getOrderedCompilations()) {
            String name = each.getLeft().getDeclaringClass().toJavaName(true);
            sizes.merge(className(name), (long) each.getRight().getTargetCodeSize(), Long::sum);
        }
        return sizes;
    }

    private static Map<String, Size> heap(AbstractImage image) {
        Map<String, Size> sizes = new TreeMap<>();
        long strings = 0;
        long stringBytes = 0;
        for (ObjectInfo object : image.getHeap().getObjects()) {
            add(sizes, className(object.getClazz().toJavaName(true)), 1, object.getSize());
            if (object.getObject() instanceof String string && !string.isEmpty()) {
                strings++;
                stringBytes += arraySize(bytesOf(string));
            }
        }
        // A String shares its bytes with few others: counting them once a String is close enough.
        move(sizes, "byte[] for strings", strings, stringBytes);
        for (int length :
                CodeInfoTable.getCurrentLayerImageCodeCache().getTotalByteArrayLengths()) {
            move(sizes, "byte[] for code metadata", 1, arraySize(length));
        }
        int metadata = ImageSingletons.lookup(RuntimeMetadataDecoder.class).getMetadataByteLength();
        move(sizes, "byte[] for reflection metadata", 1, arraySize(metadata));
        return sizes;
    }

    /** Latin-1 strings have a byte a character, all others two (compact strings, JEP 254). */
    private static int bytesOf(String string) {
        return string.chars().allMatch(c -> c < 0x100) ? string.length() : 2 * string.length();
    }

    private static long arraySize(int length) {
        return ImageSingletons.lookup(ObjectLayout.class).getArraySize(JavaKind.Byte, length, true);
    }

    private static void move(Map<String, Size> sizes, String name, long count, long bytes) {
        Size all = sizes.getOrDefault(BYTE_ARRAY, new Size(0, 0));
        if (bytes > 0 && bytes <= all.bytes() && count <= all.count()) {
            sizes.put(BYTE_ARRAY, all.plus(-count, -bytes));
            add(sizes, name, count, bytes);
        }
    }

    private static void add(Map<String, Size> sizes, String name, long count, long bytes) {
        sizes.merge(name, new Size(count, bytes), (a, b) -> a.plus(b.count(), b.bytes()));
    }

    /** Hidden classes (lambdas, mostly) have an address or a hash in their names: leave it out. */
    private static String className(String name) {
        int lambda = name.indexOf("$$Lambda");
        int slash = name.indexOf('/');
        return lambda >= 0
                ? name.substring(0, lambda) + "$$Lambda"
                : slash >= 0 ? name.substring(0, slash) : name;
    }

    private static String json(Map<String, Long> code, Map<String, Size> heap) {
        return "{\"code\":{"
                + code.entrySet().stream()
                        .map(each -> quote(each.getKey()) + ":" + each.getValue())
                        .collect(Collectors.joining(",\n"))
                + "},\n\"heap\":{"
                + heap.entrySet().stream()
                        .map(each ->
                                "%s:{\"count\":%d,\"bytes\":%d}"
                                        .formatted(
                                                quote(each.getKey()),
                                                each.getValue().count(),
                                                each.getValue().bytes()))
                        .collect(Collectors.joining(",\n"))
                + "}}\n";
    }

    /** Class names have no control characters, but may have what JSON wants escaped. */
    private static String quote(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
