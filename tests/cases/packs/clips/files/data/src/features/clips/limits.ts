export const longest = Number('/*= options.longest =*/');
