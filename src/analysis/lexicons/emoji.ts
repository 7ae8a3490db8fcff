/** Emoji and emoticons by strength. */
export const emojiScores: Readonly<Record<number, string>> = {
  3: '🔥 ❤ 😍 🤩 🏆 🥇 💯 ♥ 💖 💕 😻 🥳',
  2: '👏 🙌 👍 😂 🤣 😊 😁 😃 😄 🎉 💪 ✨ ⭐ 🌟 😎 🥰 😘 💥 👌 🙏 😇 💙 💚 💛 💜 🤗 :) :-) :D :-D =) ;) ;-) <3 xD (: ^_^',
  [-1]: '😐 😕 🙄 😒 😬 😑 🥱 😴 :/ :-/ :| :-|',
  [-2]: '😢 😭 😞 😔 😡 😠 👎 💔 😤 😫 😩 😖 🤦 :( :-( D: =( ;( </3',
  [-3]: '🤮 🤢 💩 🤬',
};
