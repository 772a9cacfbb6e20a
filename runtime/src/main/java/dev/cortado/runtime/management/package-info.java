/** What a program learns of its machine. */
package dev.cortado.runtime.management;
