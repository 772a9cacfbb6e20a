package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.format.OutputFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people name as a target: a kind of machine, or the product that is to have the image.
 *
 * @param target the kind of machine
 * @param format what the product takes; empty if it is the artifact itself
 */
public record TargetChoice(Target target, Optional<OutputFormat> format) {

    /** All that there are. */
    public static List<String> words() {
        Stream<String> targets = Arrays.stream(Target.values()).map(Target::word);
        return Stream.concat(targets, Arrays.stream(Product.values()).map(Product::word)).toList();
    }

    /**
     * The target of that name.
     *
     * @throws UserError if there is none
     */
    public static TargetChoice parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return Target.of(word)
                .map(target -> new TargetChoice(target, Optional.empty()))
                .or(() -> ofProduct(word))
                .orElseThrow(() ->
                        new UserError(
                                "there is no target \"%s\": there are %s"
                                        .formatted(text.strip(), String.join(", ", words()))));
    }

    private static Optional<TargetChoice> ofProduct(String word) {
        return Product.of(word)
                .map(product -> new TargetChoice(product.target(), Optional.of(product.format())));
    }

    /** The kinds of machines of several, each once, in their order. */
    public static List<Target> targets(List<TargetChoice> choices) {
        return choices.stream().map(TargetChoice::target).distinct().toList();
    }
}
