package dev.cortado.system.libraries

/** Data classes, sealed types, sequences and lambdas of Kotlin. */
object KotlinPart {
    sealed interface Shape
    data class Circle(val radius: Double) : Shape
    data class Square(val side: Double) : Shape

    private val lazily by lazy { "computed once" }

    private fun area(shape: Shape) = when (shape) {
        is Circle -> 3.0 * shape.radius * shape.radius
        is Square -> shape.side * shape.side
    }

    @JvmStatic
    fun run() {
        val shapes = listOf(Circle(1.0), Square(2.0), Circle(0.5).copy(radius = 2.0))
        println(shapes.map { it to area(it) }.sortedByDescending { (_, area) -> area })
        println(generateSequence(1) { it * 3 }.takeWhile { it < 500 }.filter { it % 2 == 1 }.joinToString())
        println(lazily + " " + "caf\u00e9".replaceFirstChar { it.uppercase() })
        val (name, count) = mapOf("a" to 1, "b" to 2).entries.last()
        println("$name=$count ${Regex("[0-9]+").findAll("1a22b333").map { it.value }.toList()}")
        println(runCatching { error("on purpose") }.exceptionOrNull())
    }
}
